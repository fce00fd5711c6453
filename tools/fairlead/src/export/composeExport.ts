import { availableParallelism } from "node:os";
import { composeText, ensureCertificates, fromFolder, localEnvironment, localListeners, type LocalEnvironment } from "@fairlead/local";
import { planOfStack } from "@fairlead/plan";

import { namedLocal, planOptions, settingsOf } from "../local/openLocal";
import { addressBlocks } from "../local/place";
import { apartFromOutput } from "../programOutput";
import { Progress } from "../progress";

/** A stack as a Compose file of its own, which needs nothing of ours. */
export interface ComposeExport {
  files: Map<string, string>;
  /** Where the load balancer answers, once it is up; undefined where there is none. */
  url: string | undefined;
  /** Variables that a person has to fill in. */
  needed: string[];
  /** What is otherwise than on AWS, a sentence each. */
  notes: string[];
  /** Makes what containers read beside the file, such as certificates. */
  prepare: () => Promise<unknown>;
}

/** @param folder where it will lie, absolute: paths of the file begin there */
export async function composeExport(stack: string, folder: string, config: string[]): Promise<ComposeExport> {
  const { project } = namedLocal({ stack, config });
  const progress = new Progress();
  progress.say(`planning ${project.name}/${stack}`);
  const plan = await apartFromOutput(() => planOfStack(project, stack, planOptions(undefined))).finally(() => progress.end());
  const listeners = localListeners(plan).map(({ localPort }) => localPort);
  const name = `${project.name}-${stack}`.toLowerCase().replace(/[^a-z0-9_-]/g, "-");
  const ports = Object.fromEntries(listeners.map((listener, index) => [listener, 8080 + index]));
  const place = { project: name, folder, addresses: addressBlocks(name)[0]!, subnets: {}, ports };
  const settings = { ...settingsOf(project, place), cpus: availableParallelism() };
  const environment = localEnvironment(plan, settings);
  const needed = [...new Set(environment.neededSecrets.map(({ variable }) => variable))].sort();
  const url = listeners[0] === undefined ? undefined : `http://localhost:${ports[listeners[0]]}/`;
  const compose = composeText(fromFolder(environment.compose, project.root, folder), heading(stack, needed, environment));
  return {
    files: new Map([["compose.yaml", compose], ...(needed.length > 0 ? [["example.env", exampleOf(environment)] as const] : [])]),
    ...{ url, needed, notes: environment.notes },
    prepare: () => ensureCertificates(settings, environment.certificates),
  };
}

function heading(stack: string, needed: readonly string[], { tasks, certificates }: LocalEnvironment): string {
  const jobs = tasks.filter(({ kind }) => kind === "scheduledJob").map(({ name }) => name);
  return [
    `The stack ${stack} on one machine, without Fairlead:`,
    ...(needed.length > 0 ? ["cp example.env .env    # and fill it in"] : []),
    "docker compose up --build",
    ...jobs.map((job) => `docker compose run --rm ${job}    # a scheduled job, now`),
    ...(certificates.length > 0
      ? ["The certificates in tls/ are for this machine alone, and git ignores them: `npx fairlead export compose` made them."]
      : []),
  ].join("\n");
}

function exampleOf({ neededSecrets }: LocalEnvironment): string {
  const users = new Map<string, string[]>();
  for (const { variable, task, name } of neededSecrets)
    users.set(variable, [...(users.get(variable) ?? []), name === variable ? task : `${task}, as ${name}`]);
  const lines = [...users].sort(([a], [b]) => (a < b ? -1 : 1)).map(([variable, who]) => `# ${who.join("; ")}\n${variable}=\n`);
  return `# Secrets that lie in Secrets Manager or Parameter Store on AWS. Copy this to .env, which git is to ignore.\n${lines.join("")}`;
}
