import { filesOf } from "../../src";
import { importedService } from "./project";

test("what has to end first is a job before others", () => {
  const { manifestOf } = importedService(
    "depends_on: { migrate: { condition: service_completed_successfully } }",
    {},
    "migrate: { image: 'm:1' }\n",
  );
  expect(manifestOf("migrate")).toMatchObject({ kind: "job", before: ["api"] });
});

test("who calls whom is told with how sure that is", () => {
  const { result } = importedService(
    "environment: { BACK: 'http://back:3000' }\ndepends_on: [third]",
    {},
    "back: { image: 'b:1' }\nthird: { image: 't:1', expose: [80] }\n",
  );
  expect(result.calls).toMatchObject([
    { from: "api", to: "back", certainty: "sure", seen: "the variable BACK" },
    { from: "api", to: "third", certainty: "likely", seen: "depends_on" },
  ]);
  expect(filesOf(result).get("import-report.md")).toContain("- api calls back: sure, by the variable BACK.");
});

test("a service that names itself finds itself within its task", () => {
  const { manifest } = importedService("ports: ['80:80']\nenvironment: { OWN: 'http://api:80/x' }");
  expect(manifest).toMatchObject({ environment: { OWN: "http://localhost:80/x" } });
  expect(manifest.calls).toBeUndefined();
});

test("of two jobs none waits for the other", () => {
  const { result } = importedService(
    "depends_on: { seed: { condition: service_completed_successfully } }",
    {},
    "seed: { image: 's:1', depends_on: { migrate: { condition: service_completed_successfully } } }\nmigrate: { image: 'm:1' }\n",
  );
  expect(result.findings).toContainEqual(expect.objectContaining({ source: "services.seed.depends_on", outcome: "decide" }));
});
