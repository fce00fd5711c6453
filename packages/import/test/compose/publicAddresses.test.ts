import { findingsOf, importedService } from "./project";

const web = "web: { image: 'w:1', ports: ['80:3000'], environment: { API: 'http://localhost:8080/v1' } }\n";
const withVariable = (value: string) => importedService(`ports: ['8080:3000', '9229:9229']\nenvironment: { ADDRESS: '${value}' }`, {}, web);

test.each<[what: string, value: string, publicUrls: object, composed: object | undefined]>([
  ["another service's", "http://localhost:80", { ADDRESS: "web" }, undefined],
  ["its own", "http://127.0.0.1:8080", { ADDRESS: "api" }, undefined],
  [
    "several, with what stands around them",
    "http://localhost:80/a,https://localhost:8080,https://example.com",
    { WEB_PUBLIC_URL: "web", API_PUBLIC_URL: "api" },
    { ADDRESS: "${WEB_PUBLIC_URL}/a,${API_PUBLIC_URL},https://example.com" },
  ],
])("an address on this machine is one that the environment knows: %s", (_, value, publicUrls, composed) => {
  const { result, manifest, manifestOf } = withVariable(value);
  expect(result.problems).toEqual([]);
  expect(manifest).toMatchObject({ tcp: { port: 8080 }, publicUrls });
  expect([manifest.environment, manifest.composedEnvironment]).toEqual([undefined, composed]);
  expect(manifestOf("web")).toMatchObject({ routes: [{ path: "/*" }], composedEnvironment: { API: "${API_PUBLIC_URL}/v1" } });
  expect(findingsOf(result, "environment.ADDRESS")).toMatchObject([{ outcome: "changed" }]);
});

test.each([
  ["a debugger's port", "http://localhost:9229"],
  ["no URL", "localhost:8080"],
  ["a text that the program fills in itself", "http://localhost:8080/$${PATH_OF_IT}"],
])("what is %s stays to be decided", (_, value) => {
  const { result, manifest } = withVariable(value);
  expect(manifest.publicUrls).toBeUndefined();
  expect(findingsOf(result, "environment.ADDRESS")).toContainEqual(expect.objectContaining({ outcome: "decide" }));
});
