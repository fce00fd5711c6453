import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadServices, type EnvironmentOffers } from "@fairlead/manifest";
import { UserError } from "@fairlead/model";
import * as provider from "@pulumi/aws/config/vars";
import { parse } from "yaml";

import { blocksOfPages } from "../testing/documents";

/** What the pages take for granted of an environment. */
const environments = ["dev", "staging", "prod"];
const offers: EnvironmentOffers = {
  data: {
    accounts: "postgres",
    reports: "bucket",
    "report-requests": "queue",
    db: "postgres",
    redis: "cache",
    "worker-events": "queue",
    "session-key": "secret",
    "session-secret": "secret",
  },
  networkLoadBalancer: true,
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-pages-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(service: string, manifest: string): void {
  mkdirSync(join(folder, service));
  writeFileSync(join(folder, service, "service.yaml"), manifest);
  writeFileSync(join(folder, service, "Dockerfile"), 'FROM scratch\nCOPY . /\nCMD ["/app"]\n');
}

/** What is wrong with the services of the folder. */
function problems(environment: string): string[] {
  try {
    loadServices({ directory: folder, environment, environments, defaults: { cpuArchitecture: "ARM64", desiredCount: 1 }, offers });
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ code, problem }) => `${code} ${problem}`);
    throw error;
  }
}

// Exceptions, allowed changes, owners and Compose files are of files of their own, whose forms their readers' tests hold.
const all = blocksOfPages("yaml").filter(({ code }) => !/^(exceptions|allowed|organization|services):/.test(code));
const isConfiguration = ({ code }: { code: string }) => code.startsWith("config:");
const blocks = all.filter((block) => !isConfiguration(block));

test.each(all.filter(isConfiguration).map(({ place, code }) => [place, code]))(
  "%s is a stack's configuration that the provider has",
  (_, code) => {
    const { config } = parse(code) as { config: Record<string, unknown> };
    const keys = Object.keys(config).filter((key) => key.startsWith("aws:"));
    expect(keys.filter((key) => !(key.slice("aws:".length) in provider))).toEqual([]);
  },
);

test("the pages have manifests", () => {
  expect(blocks.length).toBeGreaterThan(15);
});

interface Part {
  kind?: string;
  name?: string;
  containerPort?: number;
  build?: { context?: string };
}

test.each(blocks.map(({ place, code }) => [place, code]))("%s is a service, or a part of one", (_, code) => {
  const { kind = "web-service", name = "documented", containerPort, build } = parse(code) as Part;
  const isWeb = kind === "web-service";
  write(
    "documented",
    [name === "documented" && "name: documented", isWeb && !containerPort && "containerPort: 3000", code].filter(Boolean).join("\n"),
  );
  // Where an import puts the sources.
  if (build?.context?.startsWith("source/")) {
    const sources = join(folder, "documented", build.context);
    mkdirSync(sources, { recursive: true });
    copyFileSync(join(folder, "documented", "Dockerfile"), join(sources, "Dockerfile"));
  }
  // Whom the pages call, or wait for. It leads requests on, so that a part about traffic has some.
  const route = isWeb ? `\n  - path: /documented\n    service: ${name}` : "";
  if (name !== "api") write("api", `name: api\ncontainerPort: 3000\nroutes:\n  - path: /api-itself${route}\n`);
  expect(environments.flatMap(problems)).toEqual([]);
});
