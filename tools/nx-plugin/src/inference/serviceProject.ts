import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";

import { nameOfService, readManifest, stackNames, stackPackages, type ManifestPart } from "./workspace";

/** The environment that a service's targets are for unless told: `-c prod` names another one. */
const defaultEnvironment = "dev";
/** Where `build-image` leaves what `inspect` reads. */
const imageFile = ".fairlead/image.tar";

/** The project of a service: its targets are what its owner does with it. */
export function serviceProject(root: string, workspaceRoot: string): ProjectConfiguration {
  const manifest = readManifest(join(workspaceRoot, root, "service.yaml"));
  const name = nameOfService(join(workspaceRoot, root));
  const environments = stackNames(workspaceRoot);
  const perEnvironment = (commandOf: (environment: string) => string, description: string): TargetConfiguration => ({
    executor: "nx:run-commands",
    options: { command: commandOf(defaultEnvironment) },
    configurations: Object.fromEntries(environments.map((environment) => [environment, { command: commandOf(environment) }])),
    metadata: { description },
  });
  const test = testCommand(join(workspaceRoot, root));
  return {
    root,
    name,
    projectType: "application",
    sourceRoot: root,
    tags: ["layer:apps", `kind:${manifest.kind ?? "web-service"}`],
    implicitDependencies: stackPackages(workspaceRoot),
    metadata: { description: `${manifest.kind ?? "web-service"} ${name}` },
    targets: {
      ...(test && {
        test: {
          executor: "nx:run-commands",
          options: { command: test, cwd: "{projectRoot}" },
          cache: true,
          metadata: { description: "Test the program." },
        },
      }),
      "build-image": {
        executor: "nx:run-commands",
        options: {
          commands: ["mkdir -p .fairlead", buildCommand(name, manifest)],
          parallel: false,
          cwd: "{projectRoot}",
          forwardAllArgs: false,
        },
        metadata: { description: "Build the image with docker buildx, for the builder's own platform." },
      },
      inspect: {
        executor: "nx:run-commands",
        dependsOn: ["build-image"],
        options: { command: `fairlead inspect {projectRoot}/${imageFile}` },
        metadata: { description: "Build the image, and check that a container of it would start." },
      },
      preview: perEnvironment((environment) => `fairlead preview ${environment} --service ${name}`, "Show the service's part of the plan."),
      up: perEnvironment(
        (environment) => `pulumi up --stack ${environment}`,
        "Bring out the environment that the service is in: Pulumi changes what differs, and nothing else.",
      ),
    },
  };
}

function buildCommand(name: string, { build = {} }: ManifestPart): string {
  const { context = ".", dockerfile = "Dockerfile", target, args = {}, secrets = {} } = build;
  return [
    `docker buildx build --file ${quoted(dockerfile)} --tag fairlead/${name}:local --output type=docker,dest=${imageFile}`,
    ...(target ? [`--target ${quoted(target)}`] : []),
    ...Object.entries(args).map(([key, value]) => `--build-arg ${quoted(`${key}=${value}`)}`),
    ...Object.entries(secrets).map(([id, variable]) => `--secret ${quoted(`id=${id},env=${variable}`)}`),
    quoted(context),
  ].join(" ");
}

/** For the shell, where it needs it. */
function quoted(text: string): string {
  return /^[\w./:=,@-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** How a program is tested, by the files that its language has. */
function testCommand(folder: string): string | undefined {
  const packageFile = join(folder, "package.json");
  if (existsSync(packageFile)) {
    const { scripts } = JSON.parse(readFileSync(packageFile, "utf8")) as { scripts?: Record<string, string> };
    return scripts?.test ? "npm test --silent" : "node --test";
  }
  if (existsSync(join(folder, "go.mod"))) return "go test ./...";
  if (existsSync(join(folder, "pyproject.toml")) || readdirSync(folder).some((file) => /^test_.*\.py$/.test(file)))
    return "python3 -m unittest discover";
  return undefined;
}
