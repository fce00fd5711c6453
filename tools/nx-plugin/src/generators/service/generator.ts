import { join } from "node:path";
import { generateFiles, logger, OverwriteStrategy, type Tree } from "@nx/devkit";

import { addFile } from "../addFile";
import { manifestOf, type Template } from "./manifest";

/** Options of the generator; schema.json describes them. */
export interface ServiceOptions {
  name: string;
  template?: Template;
  owner: string;
  path?: string;
  port?: number;
  directory?: string;
}

/** Writes a service that works: a manifest, and a program with its Dockerfile and test. What is there already stays as it is. */
export default function serviceGenerator(tree: Tree, options: ServiceOptions): void {
  const { name, template = "node-api", directory = `apps/${options.name}` } = options;
  const owner = ownerOfName(tree, name, directory);
  if (owner) throw new Error(`There is a service "${name}" already, in ${owner}.`);
  if (template === "dockerfile" && !tree.exists(join(directory, "Dockerfile"))) {
    throw new Error(`There is no ${directory}/Dockerfile. Name its folder with --directory, or choose another template.`);
  }
  const path = options.path ?? `/${name}`;
  const port = options.port ?? exposedPort(tree, directory) ?? 3000;
  if (template !== "dockerfile") {
    const substitutions = { name, port, path, prefix: path === "/" ? "" : path, dot: "." };
    generateFiles(tree, join(__dirname, "files", template), directory, substitutions, {
      overwriteStrategy: OverwriteStrategy.KeepExisting,
    });
  }
  addFile(tree, join(directory, "service.yaml"), manifestOf({ ...options, template, path, port }, directory));
  if (!directory.startsWith("apps/"))
    logger.warn(`Environments read services from apps/: ${directory} is in none until fairlead:appsDirectory names its parent.`);
}

/** The folder of another service of this name. */
function ownerOfName(tree: Tree, name: string, directory: string): string | undefined {
  return tree
    .children("apps")
    .map((folder) => join("apps", folder))
    .filter((folder) => folder !== directory && tree.exists(join(folder, "service.yaml")))
    .find((folder) => new RegExp(`^name: *["']?${name}["']? *$`, "m").test(tree.read(join(folder, "service.yaml"), "utf8")!));
}

function exposedPort(tree: Tree, directory: string): number | undefined {
  const dockerfile = tree.exists(join(directory, "Dockerfile")) ? tree.read(join(directory, "Dockerfile"), "utf8")! : "";
  const exposed = /^EXPOSE\s+(\d+)/im.exec(dockerfile)?.[1];
  return exposed ? Number(exposed) : undefined;
}
