import { relative } from "node:path";
import { originsOf, type Origin, type ReadService } from "@fairlead/manifest";
import { UserError, withoutLogins } from "@fairlead/model";
import { readEnvironments } from "@fairlead/model/files";
import { defaultStack, planOfStack, readProject, type Project } from "@fairlead/plan";
import type { Command } from "commander";
import { Document, isMap, isScalar, type Node, type Pair } from "yaml";

import { checkManifests } from "../commits/checkManifests";
import { apartFromOutput } from "../programOutput";

/** Adds the command. */
export default function register(program: Command): void {
  const manifest = program.command("manifest").description("What a service.yaml says.");

  manifest
    .command("show")
    .description(
      "Print a service's manifest as an environment reads it: overrides merged, defaults filled in, with where each value comes from.",
    )
    .argument("<service>", "the service's name")
    .argument("<environment>", "the environment, which is the stack's name")
    .option("--json", "print values and origins as JSON, for other programs: with the logins of URLs, which are left out else")
    .action(showManifest);

  manifest
    .command("check")
    .description("Say all that is wrong with the manifests, whoever's they are, and what may be. Exit code 1 where something is.")
    .argument("[environments...]", "the environments (default: all)")
    .action(check);
}

/** Checks the manifests of environments. */
async function check(named: string[]): Promise<void> {
  const names = named.length > 0 ? named : readEnvironments(readProject(defaultStack()).configFolder);
  const environments = names.map((name) => ({ name, project: readProject(name) }));
  const problems = await apartFromOutput(() => checkManifests(environments));
  process.stdout.write(problems ? `${problems}\n` : `Nothing is wrong with the manifests of ${names.join(", ")}.\n`);
  if (problems) process.exitCode = 1;
}

/** Prints one service's manifest as an environment reads it, and where each value comes from. */
async function showManifest(service: string, environment: string, options: { json?: boolean }): Promise<void> {
  const project = readProject(environment);
  const read = await readServices(project, environment);
  const found = read.find(({ spec }) => spec.name === service);
  if (!found) {
    const names = read.map(({ spec }) => spec.name).sort();
    throw new UserError(`There is no service "${service}" that can be read in ${environment}. Services: ${names.join(", ") || "none"}.`);
  }
  const { values, origins } = originsOf(found);
  if (options.json) {
    const plain = Object.fromEntries([...origins].map(([path, origin]) => [path, textOf(origin, project.root)]));
    process.stdout.write(`${JSON.stringify({ service, environment, values, origins: plain }, null, 2)}\n`);
  } else process.stdout.write(render(values, origins, project.root));
}

/** Runs the environment's program: only it knows the environment's defaults. Mistakes in other manifests don't matter here. */
async function readServices(project: Project, environment: string): Promise<ReadService[]> {
  let services: ReadService[] | undefined;
  try {
    const hooks = { onServicesRead: (read: ReadService[]) => (services = read) };
    await apartFromOutput(() => planOfStack(project, environment, { hooks }));
  } catch (error) {
    if (!services) throw error;
  }
  return services ?? [];
}

function render(values: Record<string, unknown>, origins: ReadonlyMap<string, Origin>, root: string): string {
  const document = new Document(values);
  // A list is one value of the manifest: the comment stands at its key.
  const comment = (node: Node, path: string): void => {
    const origin = origins.get(path);
    if (origin) (node as { comment?: string }).comment = ` ${textOf(origin, root)}`;
    else if (isMap(node)) {
      for (const { key, value } of node.items as Pair<Node, Node>[]) {
        const name = isScalar(key) ? String(key.value) : String(key);
        const inner = path === "" ? name : `${path}/${name}`;
        const own = origins.get(inner);
        if (own && !isScalar(value)) (key as { commentBefore?: string }).commentBefore = ` ${textOf(own, root)}`;
        else if (value) comment(value, inner);
      }
    }
  };
  comment(document.contents!, "");
  return withoutLogins(document.toString({ lineWidth: 0 }));
}

function textOf(origin: Origin, root: string): string {
  if (origin.kind === "default") return "default";
  if (origin.kind === "environment") return `default of ${origin.environment}`;
  return `${relative(root, origin.file)}:${origin.line}${origin.environment ? `, environments.${origin.environment}` : ""}`;
}
