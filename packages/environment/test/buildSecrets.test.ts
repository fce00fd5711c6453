import { mkdtempSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadServices, type ServiceSpec } from "@fairlead/manifest";
import { runtime } from "@pulumi/pulumi";

import { buildSecrets } from "../src/buildSecrets";

function serviceWithSecrets(secrets: string): ServiceSpec {
  const directory = mkdtempSync(join(tmpdir(), "fairlead-secrets-"));
  mkdirSync(join(directory, "api"));
  writeFileSync(join(directory, "api/Dockerfile"), "FROM scratch\n");
  writeFileSync(join(directory, "api/service.yaml"), `name: api\ncontainerPort: 80\nbuild: { secrets: ${secrets} }\n`);
  const defaults = { cpuArchitecture: "ARM64", desiredCount: 1 } as const;
  return loadServices({ directory, environment: "dev", environments: ["dev"], defaults })[0]!;
}

const spec = serviceWithSecrets("{ npm: FAIRLEAD_TEST_UNSET_1, git: FAIRLEAD_TEST_UNSET_2, home: PATH }");

afterEach(() => jest.restoreAllMocks());

test("up without a build secret's variable is refused before anything changes, with the names of all that miss", () => {
  jest.spyOn(runtime, "isDryRun").mockReturnValue(false);
  expect(() => buildSecrets("api", spec.build!)).toThrow(
    /^FL2008 the build of api needs the environment variables FAIRLEAD_TEST_UNSET_1, FAIRLEAD_TEST_UNSET_2 .* Nothing was changed.\n {2}fix: /,
  );
});

test("a preview builds nothing and needs none", () => {
  jest.spyOn(runtime, "isDryRun").mockReturnValue(true);
  expect(Object.keys(buildSecrets("api", spec.build!))).toEqual(["npm", "git", "home"]);
});
