import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

import { loadServices, type Diagnostic, type EnvironmentOffers } from "../src";

/** The folder of the services of one test. */
export let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-manifest-"))));
afterEach(() => rmSync(folder, { recursive: true }));

export const minimal = "name: api\ncontainerPort: 3000\n";

export function write(service: string, manifest: string, dockerfile: boolean | string = true): void {
  mkdirSync(join(folder, service), { recursive: true });
  writeFileSync(join(folder, service, "service.yaml"), manifest);
  if (dockerfile) writeFileSync(join(folder, service, "Dockerfile"), dockerfile === true ? "FROM scratch\n" : dockerfile);
}

export const offers: EnvironmentOffers = {
  data: { orders: "postgres", jobs: "queue", events: "topic", media: "fileSystem", key: "secret" },
  capacityProviders: ["graviton"],
};
export const load = (environment = "dev", offered = offers) =>
  loadServices({
    directory: folder,
    environment,
    environments: ["dev", "prod"],
    defaults: { cpuArchitecture: "ARM64", desiredCount: 1 },
    offers: offered,
  });

export function problems(environment?: string, offered?: EnvironmentOffers): Diagnostic[] {
  try {
    load(environment, offered);
  } catch (error) {
    if (error instanceof UserError) return error.problems as Diagnostic[];
    throw error;
  }
  return [];
}
