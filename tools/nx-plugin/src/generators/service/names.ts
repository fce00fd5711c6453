import { join, posix } from "node:path";
import type { Tree } from "@nx/devkit";

import { readYaml, servicesIn, stackNames } from "../../inference/workspace";
import { Refusal } from "../refusal";
import { routesOf } from "./manifest";

/** Services and stacks are nx projects, and of two with one name nx runs neither. */
export function refuseTakenName(tree: Tree, name: string, directory: string): void {
  if (directory.startsWith("../") || posix.isAbsolute(directory))
    throw new Refusal(`--directory ${directory} is outside the repository. Name a folder inside it, such as apps/${name}.`);
  const owner = servicesIn(tree.root).find((service) => service.name === name && service.root !== directory);
  if (owner) throw new Refusal(`There is a service "${name}" already, in ${owner.root}. Nothing was written. Choose another name.`);
  if (stackNames(tree.root).includes(name))
    throw new Refusal(
      `"${name}" is the name of a stack, and a service is an nx project beside it. Nothing was written. Choose another name.`,
    );
}

/** Of two services that want the same requests, neither is brought out. */
export function refuseTakenRoutes(tree: Tree, path: string, directory: string): void {
  for (const service of servicesIn(tree.root).filter(({ root }) => root !== directory)) {
    const { routes } = (readYaml(join(tree.root, service.root, "service.yaml")) ?? {}) as { routes?: unknown };
    const theirs = (Array.isArray(routes) ? (routes as unknown[]) : []).map((route) => (route ?? {}) as { path?: unknown; host?: unknown });
    const taken = theirs.find((route) => route.host === undefined && routesOf(path).includes(String(route.path)));
    if (taken)
      throw new Refusal(
        `${String(taken.path)} is a route of the service "${service.name}" already, in ${service.root}. Nothing was written. Give another --path.`,
      );
  }
}
