import { posix } from "node:path";
import type { Tree } from "@nx/devkit";

import { servicesIn, stackNames } from "../../inference/workspace";
import { Refusal } from "../refusal";

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
