import { posix } from "node:path";

import { programOfNode } from "../files/nodeVersionSearch";
import type { Finding } from "../finding";
import type { Container, Starter } from "../container/container";
import { findProgram, type Program } from "../programs/findProgram";
import { unknownWords } from "../container/unknownWords";
import type { Start } from "../programs/wrappers";
import { dotnetProblems } from "../runtimes/dotnet";
import { javaProblems } from "../runtimes/java/java";
import { loadingOf } from "../runtimes/nativeLoading";
import { entryProblems, nodeProblems } from "../runtimes/node/node";
import { environmentOptionProblem } from "../runtimes/node/nodeOptions";
import { bundlerProblems, interpreterProblems, pumaProblems } from "../runtimes/otherRuntimes";
import { npxProblems, packageManagerOf, packageManagerProblems } from "../runtimes/node/packageManager";
import { pythonProblems, scriptOfPython } from "../runtimes/python/python";
import { folderOfTsx, tsxProblem } from "../runtimes/node/tsx";

const python = /^python3?(\.\d+)?$/;

/** What keeps a language's interpreter, or a package manager, from running what it is told to; undefined for what is neither. */
export function runtimeProblems(words: readonly string[], container: Container, start: Start, by: Starter): Finding[] | undefined {
  const executable = findProgram(words[0] ?? "", container, by);
  const content = executable?.node.content;
  if (!executable || !content) return undefined;
  // A word that a shell makes of what is not known; Java's options come from such words more often than not.
  if (words.some((word) => word.includes(unknownWords)) && posix.basename(executable.path) !== "java") return undefined;
  if (content.kind === "elf") return ofProgram(executable, words, container);
  return content.kind === "script" ? ofScript(executable, content, words, container, start) : undefined;
}

/** The name that counts is that of the file that links lead to: it is no wrapper, and no other program of that name. */
function ofProgram(executable: Program, words: readonly string[], container: Container): Finding[] | undefined {
  const name = posix.basename(executable.path);
  if (programOfNode.test(name)) return nodeProblems(words, container, loadingOf(executable, container));
  if (python.test(name)) return pythonProblems(executable, words, container);
  if (name === "java") return javaProblems(executable, words, container);
  if (name === "dotnet") return dotnetProblems(executable, words, container);
  return interpreterProblems(name, words, container);
}

function ofScript(
  script: Program,
  { interpreter, argument }: { interpreter: string; argument?: string },
  words: readonly string[],
  container: Container,
  start: Start,
): Finding[] | undefined {
  const isEnv = posix.basename(interpreter) === "env";
  const by = findProgram((isEnv ? argument : interpreter) ?? "", container, "kernel");
  const refused = environmentOptionProblem(container.environment.get("NODE_OPTIONS"), by?.node.nodeVersion);
  if (refused) return [refused];
  const manager = packageManagerOf(script.path);
  if (manager === "npx") return npxProblems(words, container, start);
  if (manager) return packageManagerProblems(manager, words, container, start);
  if (by?.node.content?.kind !== "elf" || (!isEnv && argument !== undefined)) return undefined;
  const name = posix.basename(by.path);
  const tsx = programOfNode.test(name) ? folderOfTsx(script.path) : undefined;
  const untranslated = tsx && tsxProblem(tsx, words[1], container, loadingOf(by, container));
  if (untranslated) return [untranslated];
  if (programOfNode.test(name))
    return container.environment.has("NODE_OPTIONS") ? [] : entryProblems(script.foundAt, [], container, loadingOf(by, container));
  if (python.test(name)) return scriptOfPython(by, script, words.slice(1), container);
  if (/^ruby/.test(name) && posix.basename(script.foundAt) === "puma") return pumaProblems(words, container);
  const isBundle = /^ruby/.test(name) && /^bundler?(\d[\d.]*)?$/.test(posix.basename(script.foundAt));
  return isBundle ? bundlerProblems(words, container) : undefined;
}
