import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { changedManifest, decidingPath, loadServices, problemsOfChange, type ReadService } from "../src";

const text = `# The shop's interface.
name: api
version: 1.0.0
containerPort: 3000
memoryMiB: 512 # enough for now
environments:
  prod:
    cpu: 512
    memoryMiB: 1024
`;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-change-")));
  mkdirSync(join(folder, "api"));
  writeFileSync(join(folder, "api/service.yaml"), text);
  writeFileSync(join(folder, "api/Dockerfile"), "FROM scratch\\nCOPY app /app\\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(environment: string): ReadService {
  let found: ReadService[] = [];
  const defaults = { cpuArchitecture: "ARM64", desiredCount: 1 } as const;
  try {
    loadServices({ directory: folder, environment, environments: ["dev", "prod"], defaults, onRead: (all) => (found = all) });
  } catch {
    // What the Dockerfile lacks is not asked here.
  }
  return found[0]!;
}

test("a change is made where the key is decided for the environment; comments and order stay", () => {
  const changes = [{ path: ["memoryMiB"], value: 2048 }];
  expect(changedManifest(text, read("dev"), changes)).toBe(text.replace("memoryMiB: 512", "memoryMiB: 2048"));
  expect(changedManifest(text, read("prod"), changes)).toBe(text.replace("memoryMiB: 1024", "memoryMiB: 2048"));
  expect(decidingPath(read("prod"), ["cpu"])).toEqual(["environments", "prod", "cpu"]);
  expect(decidingPath(read("dev"), ["cpu"])).toEqual(["cpu"]);
});

test("keys that are not there are made, and others taken away", () => {
  const changed = changedManifest(text, read("dev"), [
    { path: ["healthCheck", "path"], value: "/healthz" },
    { path: ["containerPort"], value: undefined },
  ]);
  expect(changed).toMatch(/^healthCheck:\n {2}path: \/healthz$/m);
  expect(changed).not.toContain("containerPort");
});

test("where an alias stands, or nothing is to be taken away, the text is not changed", () => {
  const service = read("prod");
  const aliased = text.replace("  prod:", "  dev: &small\n    memoryMiB: 512\n  prod: *small\n  other:");
  expect(changedManifest(aliased, service, [{ path: ["memoryMiB"], value: 2048 }])).toBeUndefined();
  expect(changedManifest(text, service, [{ path: ["placement", "constraints"], value: undefined }])).toBe(text);
});

test("what a change would have wrong is told, what was wrong before is not", () => {
  const problems = (value: unknown) => {
    const service = read("dev");
    return problemsOfChange(service, text, changedManifest(text, service, [{ path: ["memoryMiB"], value }])!, new Set(["api"])).map(
      ({ code }) => code,
    );
  };
  expect(problems(1024)).toEqual([]);
  expect(problems("much")).toHaveLength(1);
  // Fargate has no such size for 256 CPU units.
  expect(problems(3000)).toHaveLength(1);
});
