import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";

import { needsBuildx, pulumi } from "./tools";
import { filesIn, nameOfService, readYaml, type Workspace } from "./workspace";

/** Where `build-image` leaves what `inspect` reads. */
const imageFile = ".fairlead/image.tar";

/** What of a manifest the targets need, as far as it is well-formed. */
interface ManifestPart {
  kind?: unknown;
  image?: unknown;
  build?: {
    context?: string;
    dockerfile?: string;
    target?: string;
    args?: Record<string, string>;
    secrets?: Record<string, string>;
  } | null;
}

/** A target for the first environment, and for each by its configuration. */
type PerEnvironment = (commandOf: (environment: string | undefined) => string, description: string) => TargetConfiguration;

/** The project of a service: its targets are what its owner does with it. */
export function serviceProject(root: string, workspace: Workspace): ProjectConfiguration {
  const folder = join(workspace.root, root);
  const manifest = (readYaml(join(folder, "service.yaml")) ?? {}) as ManifestPart;
  const name = nameOfService(folder);
  const kind = typeof manifest.kind === "string" ? manifest.kind : "web-service";
  // The targets are for the first environment unless told: `-c prod` names another one.
  const [first] = workspace.environments;
  const perEnvironment: PerEnvironment = (commandOf, description) => ({
    executor: "nx:run-commands",
    options: { command: commandOf(first) },
    configurations: Object.fromEntries(workspace.environments.map((environment) => [environment, { command: commandOf(environment) }])),
    metadata: { description },
  });
  const test = testCommand(folder);
  return {
    root,
    name,
    projectType: "application",
    sourceRoot: root,
    tags: ["layer:apps", `kind:${kind}`],
    implicitDependencies: [...workspace.environmentPackages],
    metadata: { description: `${kind} ${name}` },
    targets: {
      ...(test && {
        test: {
          executor: "nx:run-commands",
          options: { command: test, cwd: "{projectRoot}" },
          cache: true,
          metadata: { description: "Test the program." },
        },
      }),
      ...(manifest.image === undefined ? imageTargets(name, manifest, perEnvironment) : {}),
      ...(first !== undefined && {
        preview: perEnvironment(
          (environment) => `fairlead preview ${environment} --service ${name}`,
          "Show the service's part of the embedded plan (`fairlead preview`).",
        ),
        up: perEnvironment(
          (environment) => pulumi(`up --stack ${environment}`),
          "Bring out the environment that the service is in: Pulumi changes what differs, and nothing else.",
        ),
      }),
    },
  };
}

/** What is done with an image that is built; of one that others build there is nothing here. */
function imageTargets(name: string, manifest: ManifestPart, perEnvironment: PerEnvironment): Record<string, TargetConfiguration> {
  return {
    "build-image": {
      executor: "nx:run-commands",
      options: {
        commands: [needsBuildx, "mkdir -p .fairlead", buildCommand(name, manifest)],
        parallel: false,
        cwd: "{projectRoot}",
        forwardAllArgs: false,
      },
      metadata: { description: "Build the image with docker buildx, for the builder's own platform." },
    },
    inspect: {
      dependsOn: ["build-image"],
      ...perEnvironment(
        (environment) =>
          `fairlead inspect {projectRoot}/${imageFile} --run-if-possible${environment ? ` --service ${name} --stack ${environment}` : ""}`,
        "Build the image, check that a container of it would start, and start one where Docker answers.",
      ),
    },
  };
}

function buildCommand(name: string, { build }: ManifestPart): string {
  const { context = ".", dockerfile = "Dockerfile", target, args, secrets } = build ?? {};
  return [
    `docker buildx build --file ${quoted(dockerfile)} --tag fairlead/${name}:local --output type=docker,dest=${imageFile}`,
    ...(target ? [`--target ${quoted(target)}`] : []),
    ...Object.entries(args ?? {}).map(([key, value]) => `--build-arg ${quoted(`${key}=${value}`)}`),
    ...Object.entries(secrets ?? {}).map(([id, variable]) => `--secret ${quoted(`id=${id},env=${variable}`)}`),
    quoted(context),
  ].join(" ");
}

/** For the shell, where it needs it. */
function quoted(text: string): string {
  return /^[\w./:=,@-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** How a program is tested, by the files that its language has. */
function testCommand(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) {
    const { scripts } = (readYaml(join(folder, "package.json")) ?? {}) as { scripts?: Record<string, string> };
    return scripts?.test ? "npm test --silent" : "node --test";
  }
  if (existsSync(join(folder, "go.mod"))) return "go test ./...";
  if (filesIn(folder).some((file) => file === "pyproject.toml" || /^test_.*\.py$/.test(file))) return "python3 -m unittest discover";
  return undefined;
}
