import { existsSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import {
  compositionFile,
  configurationFile,
  environmentsFile,
  filesOfStack,
  isMap,
  policyExceptionsFile,
  usageFile,
} from "@fairlead/model";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";

import { pulumi } from "./tools";
import { appsFolder, filesIn, packagesIn, readsServices, readYaml, stacksFolder, type Workspace } from "./workspace";

/**
 * The project of a stack. All stacks lie in one folder, and nx takes one project for each root, so a stack's root is its configuration file. (A folder that
 * does not exist would do as well, were it not for imports: nx takes `./dev` for the root stacks/dev.) Which files touch it is said by its targets' inputs,
 * which `nx affected` goes by: its own composition and configuration, and what all stacks share.
 */
export function stackProject(stack: string, workspace: Workspace, serviceNames: readonly string[]): ProjectConfiguration {
  const file = join(workspace.root, stacksFolder, compositionFile(stack));
  const composition = existsSync(file) ? readFileSync(file, "utf8") : "";
  const isEnvironment = readsServices(composition);
  const apps = appsDirectoryOf(stack, workspace);
  const services = isEnvironment && apps === appsFolder ? serviceNames : [];
  const inputs = [
    ...(isEnvironment ? sharedFiles(stack, workspace) : ownFiles(composition)).map((name) => `${stacksFolder}/${name}`),
    ...filesOfStack(stack).map((name) => `${stacksFolder}/${name}`),
    "Pulumi.yaml",
    ...(isEnvironment && apps !== appsFolder ? [`${apps}/**/*`] : []),
  ];
  const target = (command: string, description: string, configurations?: Record<string, { command: string }>): TargetConfiguration => ({
    executor: "nx:run-commands",
    options: { command },
    ...(configurations && { configurations }),
    inputs: [
      ...[...new Set(inputs)].sort().map((input) => `{workspaceRoot}/${input}`),
      ...(isEnvironment ? deployerVariablesIn(apps, workspace) : []).map((env) => ({ env })),
    ],
    metadata: { description },
  });
  return {
    root: `${stacksFolder}/${configurationFile(stack)}`,
    name: stack,
    projectType: "application",
    tags: ["layer:stack"],
    implicitDependencies: [...(isEnvironment ? workspace.environmentPackages : packagesIn(workspace.root, composition)), ...services],
    metadata: { description: `The stack ${stack}` },
    targets: {
      preview: target(
        `fairlead preview ${stack}`,
        "Show the embedded plan (`fairlead preview`), without credentials. `-c engine` asks Pulumi (`pulumi preview`).",
        {
          engine: { command: pulumi(`preview --stack ${stack}`) },
        },
      ),
      up: target(pulumi(`up --stack ${stack}`), "Bring the stack out."),
      // The program gives the providers fresh credentials: those in the state have expired.
      refresh: target(pulumi(`refresh --run-program --stack ${stack}`), "Read back what is really there."),
      destroy: target(pulumi(`destroy --stack ${stack}`), "Delete everything in the stack."),
    },
  };
}

/** What is in stacks/ and no other stack's. */
function sharedFiles(stack: string, { root, stacks }: Workspace): string[] {
  const others = stacks.filter((name) => name !== stack);
  const isOthers = (file: string) => others.some((name) => filesOfStack(name).includes(file));
  return filesIn(join(root, stacksFolder)).filter((file) => !isOthers(file) && file !== "node_modules" && !file.startsWith("."));
}

/** What of stacks/ a stack without services reads: the start, the settings, what its views read, and what it imports. */
function ownFiles(composition: string): string[] {
  const imported = [...composition.matchAll(/from "\.\/([\w.-]+)"/g)].map(([, name]) => `${basename(name!, ".ts")}.ts`);
  return ["index.js", "package.json", environmentsFile, policyExceptionsFile, usageFile, ...imported];
}

/** Variables of whoever deploys that manifests of a folder read, in whatever environment. */
function deployerVariablesIn(apps: string, { root }: Workspace): string[] {
  const manifests = filesIn(join(root, apps)).map((folder) => readYaml(join(root, apps, folder, "service.yaml")));
  const found = manifests.flatMap((manifest) => {
    if (!isMap(manifest)) return [];
    const parts = [manifest, ...(isMap(manifest.environments) ? Object.values(manifest.environments) : [])];
    return parts.flatMap((part) => (isMap(part) && isMap(part.deployerVariables) ? Object.keys(part.deployerVariables) : []));
  });
  return [...new Set(found)].sort();
}

/** The folder that the stack's services are read from: its configuration's appsDirectory. */
export function appsDirectoryOf(stack: string, { root }: Workspace): string {
  const { config } = (readYaml(join(root, stacksFolder, configurationFile(stack))) ?? {}) as { config?: Record<string, unknown> | null };
  const [, directory] = Object.entries(config ?? {}).find(([key]) => key.endsWith(":appsDirectory")) ?? [];
  return typeof directory === "string" ? posix.normalize(directory).replace(/\/$/, "") : appsFolder;
}
