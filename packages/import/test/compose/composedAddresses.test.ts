import { findingsOf, importedService } from "./project";

const postgres = "db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: pw1 } }\n";

test("a database's host with its port, in a form of the program's own, is made of what the binding brings", () => {
  const { result, manifest } = importedService("environment: { APP__DB__HOST: 'db:5432' }", {}, postgres);
  expect(manifest).toMatchObject({ uses: [{ name: "db" }], composedEnvironment: { APP__DB__HOST: "${DB_HOST}:${DB_PORT}" } });
  expect(manifest.environment).toBeUndefined();
  expect(findingsOf(result, "environment.APP__DB__HOST")).toMatchObject([{ outcome: "changed" }]);
});

test("an address that would be made of itself is to be decided", () => {
  const { result, manifest } = importedService("environment: { DB_HOST: 'db:5432' }", {}, postgres);
  expect(manifest.composedEnvironment).toBeUndefined();
  expect(findingsOf(result, "environment.DB_HOST")).toMatchObject([{ outcome: "decide" }]);
});

test("a name that the binding brings, and whose value the shell had, is left to the binding: ECS takes a name once", () => {
  const { result, manifest } = importedService("depends_on: [db]\nenvironment: { DB_HOST: , DB_PORT: '${DB_PORT}' }", {}, postgres);
  expect([manifest.uses, manifest.secrets]).toEqual([[{ name: "db" }], undefined]);
  expect(findingsOf(result, "environment.DB_HOST")).toMatchObject([{ outcome: "changed", to: "uses" }]);
});
