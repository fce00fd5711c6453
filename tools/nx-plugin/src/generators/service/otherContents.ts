import { posix } from "node:path";
import { firstFew } from "@fairlead/model";
import type { FileChange, Tree } from "@nx/devkit";

import { nameOfService } from "../../inference/workspace";
import { Refusal } from "../refusal";

interface Contents {
  tree: Tree;
  directory: string;
  template: string;
  /** What was in the folder before. */
  found: readonly string[];
  /** What the generator would change in it. */
  changes: readonly FileChange[];
}

/** A service is written into an empty folder; the template `dockerfile` adds its manifest to a program that has none. */
export function refuseOtherContents({ tree, directory, template, found, changes }: Contents): void {
  if (found.length === 0) return;
  if (!found.includes("service.yaml")) {
    if (template === "dockerfile") return;
    const instead = found.includes("Dockerfile") ? "For the program that is there: --template dockerfile. Otherwise choose" : "Choose";
    throw new Refusal(
      `${directory} is not empty (${firstFew([...found].sort(), mostPaths)}), and a service of the template ${template} is written into an empty folder. ` +
        `Nothing was written.\n${instead} another --directory.`,
    );
  }
  const paths = (type: FileChange["type"]) =>
    changes.filter((change) => change.type === type).map(({ path }) => posix.relative(directory, path));
  const differences = [
    ...(paths("UPDATE").length > 0 ? [`other contents: ${firstFew(paths("UPDATE").sort(), mostPaths)}`] : []),
    ...(paths("CREATE").length > 0 ? [`not there: ${firstFew(paths("CREATE").sort(), mostPaths)}`] : []),
  ];
  throw new Refusal(
    `${directory} holds the service "${nameOfService(posix.join(tree.root, directory))}" already, and the template ${template} with these options would write ` +
      `another one (${differences.join("; ")}). Nothing was written.\nEdit that service by hand, or choose another name and --directory.`,
  );
}

const mostPaths = 5;
