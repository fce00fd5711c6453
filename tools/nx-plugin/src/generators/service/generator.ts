import { join, posix } from "node:path";
import { generateFiles, logger, type GeneratorCallback, type Tree } from "@nx/devkit";

import { digitsAsText } from "../allowed";
import { Refusal } from "../refusal";
import { refuseTakenName, refuseTakenRoutes } from "./names";
import { manifestOf } from "./manifest";
import { inNoEnvironment, nextSteps } from "./nextSteps";
import { refuseOtherContents } from "./otherContents";
import schema from "./schema.json";
import { refuseUnknownTemplate } from "./templates";

/** Options of the generator; schema.json describes them. */
export interface ServiceOptions {
  name: string;
  template?: string;
  /** nx takes a text of digits for a number. */
  owner: string | number;
  path?: string;
  port?: number;
  directory?: string;
}

/**
 * Writes a service that works: a manifest, and a program with its Dockerfile and test. A folder that holds something else is refused; one that holds
 * exactly this stays as it is.
 */
export default function serviceGenerator(tree: Tree, options: ServiceOptions): GeneratorCallback {
  const { name, template = "node-api" } = options;
  const directory = posix.normalize(options.directory ?? `apps/${name}`).replace(/\/$/, "");
  const owner = digitsAsText("owner", schema.properties.owner, options.owner);
  refuseUnknownTemplate(template);
  refuseTakenName(tree, name, directory);
  const path = pathOf(options, template);
  if (template !== "worker") refuseTakenRoutes(tree, path, directory);
  const found = tree.children(directory);
  if (template === "dockerfile" && !found.includes("Dockerfile"))
    throw new Refusal(`There is no ${directory}/Dockerfile. Name its folder with --directory, or choose another --template.`);
  const port = options.port ?? (template === "dockerfile" ? exposedPort(tree, directory) : undefined) ?? 3000;

  if (template !== "dockerfile")
    generateFiles(tree, join(__dirname, "files", template), directory, { name, port, path, prefix: path === "/" ? "" : path, dot: "." });
  tree.write(posix.join(directory, "service.yaml"), manifestOf({ name, owner, template, path, port }, directory));
  const changes = tree.listChanges().filter((change) => change.path.startsWith(`${directory}/`));
  if (changes.length === 0) return () => logger.info(`${directory} is what it would be: there is nothing to write.`);
  refuseOtherContents({ tree, directory, template, found, changes });
  return () => {
    const warning = inNoEnvironment(tree.root, directory);
    if (warning !== undefined) logger.warn(warning);
    logger.info(nextSteps(tree.root, name, directory, template));
  };
}

/** The path at the load balancer, as the programs compare it: without a slash at its end. */
function pathOf({ name, path = `/${name}` }: ServiceOptions, template: string): string {
  const trimmed = path.replace(/\/+$/, "") || "/";
  if (trimmed === "/health" && template !== "dockerfile")
    throw new Refusal("/health is where the template's program answers health checks. Give its routes another --path.");
  return trimmed;
}

function exposedPort(tree: Tree, directory: string): number | undefined {
  const exposed = /^EXPOSE\s+(\d+)/im.exec(tree.read(posix.join(directory, "Dockerfile"), "utf8") ?? "")?.[1];
  return exposed ? Number(exposed) : undefined;
}
