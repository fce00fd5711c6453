import { posix } from "node:path";

import { isIn, type Container } from "../container/container";
import { mayEnter } from "../container/user";
import type { Status } from "./status";

/** What `test` and `[` find of files. */
export interface TestContext {
  container: Container;
  /** The shell's own. */
  workingDirectory: string | undefined;
  /** Whether the files are those of the image. */
  areFilesKnown: boolean;
  isExecutable(path: string): boolean;
}

const unary = /^-[a-zA-Z]$/;
const numeric = new Map<string, (a: number, b: number) => boolean>([
  ["-eq", (a, b) => a === b],
  ["-ne", (a, b) => a !== b],
  ["-lt", (a, b) => a < b],
  ["-le", (a, b) => a <= b],
  ["-gt", (a, b) => a > b],
  ["-ge", (a, b) => a >= b],
]);
/** Words that mean something, wherever they stand. */
const joining = new Set(["-a", "-o", "!", "(", ")", "=", "==", "!=", "<", ">", "-nt", "-ot", "-ef", ...numeric.keys()]);

/** How `test` ends, for words that are known. */
export function testStatus(words: readonly string[], context: TestContext): Status {
  const [first = "", second = "", third = ""] = words;
  switch (words.length) {
    case 0:
      return "failure";
    case 1:
      return first === "" ? "failure" : "success";
    case 2:
      if (first === "!") return second === "" ? "success" : "failure";
      if (first === "-n") return second === "" ? "failure" : "success";
      if (first === "-z") return second === "" ? "success" : "failure";
      if (/^-[efdsrx]$/.test(first)) return fileStatus(first, second, context);
      // An error: neither is an operator.
      return unary.test(first) || joining.has(first) || joining.has(second) ? "unknown" : "failure";
    case 3:
      if (second === "=" || second === "!=") return (first === third) === (second === "=") ? "success" : "failure";
      if (numeric.has(second) && /^\d{1,9}$/.test(first) && /^\d{1,9}$/.test(third))
        return numeric.get(second)!(Number(first), Number(third)) ? "success" : "failure";
      if (first === "!" && second === "-z") return third === "" ? "failure" : "success";
      if (first === "!" && second === "-n") return third === "" ? "success" : "failure";
      break;
  }
  return words.some((word) => joining.has(word)) || unary.test(first) ? "unknown" : "failure";
}

function fileStatus(operator: string, path: string, { container, workingDirectory, areFilesKnown, isExecutable }: TestContext): Status {
  if (!areFilesKnown || workingDirectory === undefined) return "unknown";
  const { tree, volumes, identity } = container;
  if (path === "") return "failure";
  const at = posix.resolve(workingDirectory, path);
  const found = tree.resolve(path, workingDirectory);
  if (isIn(at, volumes) || isIn(found.found ? found.path : found.at, volumes)) return "unknown";
  if (!found.found || !found.searched.every(({ folder }) => mayEnter(folder, identity))) return "failure";
  const { kind } = found.node;
  if (operator === "-x" && kind === "file") return isExecutable(path) ? "success" : "failure";
  const is = { "-e": true, "-f": kind === "file", "-d": kind === "directory" }[operator];
  return is === undefined ? "unknown" : is ? "success" : "failure";
}
