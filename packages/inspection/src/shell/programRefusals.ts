import { posix } from "node:path";

import { finding, may, type Finding } from "../finding";
import { writingRefused } from "./opening";
import type { Run } from "./run";
import { unknownWords } from "../container/unknownWords";

/** Programs that write to each file that they are told, without the words that come before those. */
const writers = new Map<string, { leading: number; isMeant: (options: readonly string[]) => boolean; inFolder?: true }>([
  ["touch", { leading: 0, isMeant: (options) => options.length === 0 }],
  ["mkdir", { leading: 0, isMeant: (options) => options.length === 0 }],
  // It writes a file beside the one that it replaces.
  ["sed", { leading: 1, isMeant: (options) => options.length === 1 && options[0] === "-i", inFolder: true }],
]);

/** What a program that scripts prepare with is refused, so that `set -e` ends them: told, for a program may do otherwise. */
export function refusalOf(name: string, args: readonly string[], { state, around: { container } }: Run): Finding | undefined {
  const { workingDirectory, files } = state;
  if (files !== "as in the image" || workingDirectory === undefined || args.includes(unknownWords)) return undefined;
  const options = args.filter((argument) => argument.startsWith("-"));
  const operands = args.filter((argument) => !argument.startsWith("-"));
  const { uid, overridesPermissions } = container.identity;
  if (name === "chown") {
    const ownerOf = (path: string) => {
      const found = container.tree.resolve(path, workingDirectory);
      return found.found && "uid" in found.node ? found.node.uid : undefined;
    };
    // Who owns a file may give it to himself.
    const isOthers = operands.slice(1).some((path) => ![undefined, uid].includes(ownerOf(path)));
    return isOthers && uid !== 0 && !overridesPermissions
      ? told(`user ${uid} may not change owners (chown ${operands[0]})`, "Change them in the Dockerfile: COPY --chown, RUN chown.")
      : undefined;
  }
  const writer = writers.get(name);
  if (!writer?.isMeant(options)) return undefined;
  for (const operand of operands.slice(writer.leading)) {
    const path = posix.resolve(workingDirectory, writer.inFolder ? posix.join(posix.dirname(operand), "x") : operand);
    const why = writingRefused(path, { ...container, workingDirectory });
    if (why !== undefined)
      return told(
        `${name} is to write to ${posix.resolve(workingDirectory, operand)}, and ${why}`,
        "Do it in the Dockerfile, or give it a folder that the task's user can write to (writableMounts).",
      );
  }
  return undefined;
}

function told(problem: string, fix: string): Finding {
  return may(finding("FL2130", problem, fix));
}
