import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const root = resolve(__dirname, "../../..");

export interface Job {
  if?: string;
  environment?: string;
  needs?: string | string[];
  uses?: string;
  with?: Record<string, string>;
  permissions?: Record<string, string>;
  strategy?: { matrix: Record<string, string | string[]> };
  outputs?: Record<string, string>;
  env?: Record<string, string>;
  steps?: {
    name?: string;
    if?: string;
    uses?: string;
    run?: string;
    with?: Record<string, string | number>;
    env?: Record<string, string>;
  }[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<string, Job>;
}

const folder = join(root, ".github/workflows");

/** A JSON file of the repository. */
export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(root, file), "utf8")) as T;
}

/** Every workflow, as text and as GitHub reads it. */
export const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});

/** The jobs of a workflow. */
export function jobsOf(file: string): Record<string, Job> {
  return workflows.find((candidate) => candidate.file === file)!.workflow.jobs;
}
