import { importedService } from "./project";

const postgres = "db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: pw1, POSTGRES_USER: shop } }";
const decisions = ({ findings }: ReturnType<typeof importedService>["result"]) => findings.filter(({ outcome }) => outcome === "decide");
const url = "jdbc:postgresql://${DB_HOST}:${DB_PORT}/${DB_DATABASE}?sslmode=require";

test.each([
  ["application.properties", "spring.datasource.url=jdbc:postgresql://db:5432/shop\n"],
  ["application-docker.yml", "spring:\n  datasource:\n    # here\n    url: jdbc:postgresql://db:5432/shop\n    username: shop\n"],
])("a data source in %s is said by variables, which Spring takes first", (file, text) => {
  const { result, manifest } = importedService("build: .", { Dockerfile: "FROM scratch\n", [`src/${file}`]: text }, postgres);
  expect(manifest).toMatchObject({
    uses: [{ name: "db", as: { username: "SPRING_DATASOURCE_USERNAME", password: "SPRING_DATASOURCE_PASSWORD" } }],
    environment: { SPRING_DATASOURCE_URL: url },
  });
  expect(decisions(result)).toEqual([]);
});

test("what the Compose file says of it is left as it was taken over", () => {
  const { manifest } = importedService(
    "build: .\nenvironment: { SPRING_DATASOURCE_URL: 'jdbc:postgresql://db/shop', SPRING_DATASOURCE_USERNAME: shop, SPRING_DATASOURCE_PASSWORD: pw1 }",
    { Dockerfile: "FROM scratch\n", "application.properties": "spring.datasource.url=jdbc:postgresql://db:5432/shop\n" },
    postgres,
  );
  expect(manifest).toMatchObject({
    uses: [{ as: { username: "SPRING_DATASOURCE_USERNAME", password: "SPRING_DATASOURCE_PASSWORD" } }],
    environment: { SPRING_DATASOURCE_URL: url },
  });
});

test.each([
  ["another setting", "application.properties", "app.reports.url=jdbc:postgresql://db:5432/shop\n"],
  ["another block", "application.yml", "spring:\n  datasource:\n    a: b\n  flyway:\n    url: jdbc:postgresql://db:5432/shop\n"],
  ["another file", "other.properties", "spring.datasource.url=jdbc:postgresql://db:5432/shop\n"],
])("the host is still to be decided in %s", (_, file, text) => {
  const { result } = importedService("build: .", { Dockerfile: "FROM scratch\n", [file]: text }, postgres);
  expect(decisions(result)).toHaveLength(1);
});
