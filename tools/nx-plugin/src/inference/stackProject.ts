import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";
import { parse } from "yaml";

import { packagesIn, readsServices, serviceNames, stackNames, stackPackages } from "./workspace";

/** The stack of a configuration file; undefined for any other file. */
export function stackOf(file: string): string | undefined {
  return /^Pulumi\.(.+)\.yaml$/.exec(basename(file))?.[1];
}

/**
 * The project of a stack. All stacks lie in one folder, and nx takes one project for each root, so a stack's root is its configuration file. (A folder
 * that does not exist would do as well, were it not for imports: nx takes `./dev` in stacks/program.ts for the root stacks/dev.) Which files touch it is said by its targets' inputs, which `nx affected` goes by: its own composition and configuration, and what
 * all stacks share.
 */
export function stackProject(stack: string, folder: string, workspaceRoot: string): ProjectConfiguration {
  const settings = configOf(stack, folder, workspaceRoot);
  const appsDirectory = settings["fairlead:appsDirectory"] ?? "apps";
  const composition = compositionOf(stack, folder, workspaceRoot);
  const isEnvironment = composition === undefined || readsServices(composition);
  const services = isEnvironment && appsDirectory === "apps" ? serviceNames(workspaceRoot, appsDirectory) : [];
  const packages = isEnvironment ? stackPackages(workspaceRoot, folder) : packagesIn(composition);
  const inputs = isEnvironment ? inputsOf(stack, folder, workspaceRoot, appsDirectory) : ownInputs(stack, folder);
  const target = (command: string, description: string, configurations?: Record<string, { command: string }>): TargetConfiguration => ({
    executor: "nx:run-commands",
    options: { command },
    ...(configurations && { configurations }),
    inputs,
    metadata: { description },
  });
  return {
    root: `${folder}/Pulumi.${stack}.yaml`,
    name: stack,
    projectType: "application",
    tags: ["layer:stack"],
    implicitDependencies: [...packages, ...services],
    metadata: { description: `The stack ${stack}` },
    targets: {
      preview: target(`fairlead preview ${stack}`, "Show the plan, without credentials. `-c engine` asks Pulumi.", {
        engine: { command: `pulumi preview --stack ${stack}` },
      }),
      up: target(`pulumi up --stack ${stack}`, "Bring the stack out."),
      // The program gives the providers fresh credentials: those in the state have expired.
      refresh: target(`pulumi refresh --run-program --stack ${stack}`, "Read back what is really there."),
      destroy: target(`pulumi destroy --stack ${stack}`, "Delete everything in the stack."),
    },
  };
}

/** The text of a stack's composition; undefined where it lies elsewhere. */
function compositionOf(stack: string, folder: string, workspaceRoot: string): string | undefined {
  const file = join(workspaceRoot, folder, `${stack}.ts`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function ownInputs(stack: string, folder: string): string[] {
  const files = [`${stack}.ts`, `Pulumi.${stack}.yaml`, "index.js", "program.ts", "package.json"].map((file) => `${folder}/${file}`);
  return [...files, "Pulumi.yaml"].map((file) => `{workspaceRoot}/${file}`);
}

function inputsOf(stack: string, folder: string, workspaceRoot: string, appsDirectory: string): string[] {
  const others = stackNames(workspaceRoot, folder).filter((name) => name !== stack);
  const isOthers = (file: string) =>
    others.some((name) => file === `${name}.ts` || file === `Pulumi.${name}.yaml` || file === `promotions.${name}.yaml`);
  const files = readdirSync(join(workspaceRoot, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !isOthers(entry.name))
    .map(({ name }) => `{workspaceRoot}/${folder}/${name}`);
  const ownExample = `examples/${stack}`;
  const examples = existsSync(join(workspaceRoot, ownExample)) ? [`{workspaceRoot}/${ownExample}/**/*`] : [];
  const apps = appsDirectory === "apps" || appsDirectory.startsWith(ownExample) ? [] : [`{workspaceRoot}/${appsDirectory}/**/*`];
  return [...files, "{workspaceRoot}/Pulumi.yaml", ...examples, ...apps].sort();
}

function configOf(stack: string, folder: string, workspaceRoot: string): Record<string, string> {
  const text = readFileSync(join(workspaceRoot, folder, `Pulumi.${stack}.yaml`), "utf8");
  return ((parse(text) as { config?: Record<string, string> } | null)?.config ?? {}) satisfies Record<string, string>;
}
