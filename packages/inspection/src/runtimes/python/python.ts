import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Program } from "../../programs/findProgram";
import { loadingOf } from "../nativeLoading";
import { nothingToRun } from "../nothingToRun";
import { PythonModules } from "./pythonModules";
import { pythonOf } from "./pythonPath";
import { serverProblems } from "./pythonServers";
import { open, toldProblem } from "../../programs/toldFile";

/** What Python is told: a file or module, its arguments, and the options that decide where modules are found. */
interface Told {
  module?: string;
  file?: string;
  rest: string[];
  /** `-I`, `-S` and others: it looks in fewer folders than usual. */
  restricted: boolean;
}

/**
 * Takes Python's command line apart.
 *
 * @returns undefined where it runs neither a file nor a module
 * @see https://docs.python.org/3/using/cmdline.html
 */
function toldTo(words: readonly string[]): Told | "nothing" | undefined {
  let restricted = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === "-") return "nothing";
    if (!word.startsWith("-")) return { file: word, rest: words.slice(index + 1), restricted };
    if (word.startsWith("--")) {
      if (word !== "--check-hash-based-pycs") return undefined;
      index++;
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      const value = word.slice(at + 1);
      if (letter === "m") {
        const module = value || words[++index];
        return module === undefined ? undefined : { module, rest: words.slice(index + 1), restricted };
      }
      if (letter === "W" || letter === "X") {
        if (value === "") index++;
        break;
      }
      if ("EIPSs".includes(letter)) restricted = true;
      else if (!"bBdOquvx".includes(letter)) return undefined;
    }
  }
  return "nothing";
}

/** What keeps Python from running what it is told to. */
export function pythonProblems(executable: Program, words: readonly string[], container: Container): Finding[] {
  const told = toldTo(words.slice(1));
  if (!told) return [];
  if (told === "nothing") return nothingToRun("Python", "python main.py", words, container);
  const { file, module, rest, restricted } = told;
  if (file !== undefined) return fileProblems(executable, file, rest, restricted, container);
  const modules = modulesOf(executable, container.workingDirectory, container);
  if (!modules || restricted || module === undefined) return [];
  const problem = moduleProblem(module, modules, container);
  return problem ? [problem] : serverProblems(module, rest, modules, container);
}

/** The same for a script whose `#!` names Python: what `pip` installs as a command. */
export function scriptOfPython(executable: Program, script: Program, rest: readonly string[], container: Container): Finding[] {
  return fileProblems(executable, script.foundAt, rest, false, container);
}

/** Modules that Python finds; undefined where that can't be told. `first` is the folder that it looks in before all others. */
function modulesOf(executable: Program, first: string, container: Container): PythonModules | undefined {
  const python = pythonOf(executable, container);
  if (!python || container.environment.get("PYTHONSAFEPATH")) return undefined;
  // An empty one is the working directory, as in `$PYTHONPATH:/app` where there was none before.
  const listed = (container.environment.get("PYTHONPATH") || undefined)?.split(":") ?? [];
  const own = [first, ...listed.map((path) => posix.resolve(container.workingDirectory, path))];
  // An archive may be on the path, and a volume may hold what is missing.
  if (own.some((path) => ["file", "unknown", "closed"].includes(open(path, container).kind))) return undefined;
  const loading = { ...loadingOf(executable, container), version: python.version, standardFolders: python.standardFolders };
  return new PythonModules(container, [...new Set([...own, ...python.folders])], loading);
}

function fileProblems(executable: Program, name: string, rest: readonly string[], restricted: boolean, container: Container): Finding[] {
  const opened = open(name, container);
  const problem = toldProblem("python", opened);
  if (problem) return [problem];
  if (opened.kind === "directory") {
    const main = open(`${opened.path}/__main__.py`, container);
    if (main.kind !== "missing" || opened.directory.entries.has("__main__.pyc")) return [];
    const fix = "Name the file in it, or run it as a module: python -m.";
    return [finding("FL2140", `python is told to run the folder ${opened.path}, which has no __main__.py`, fix, opened.path)];
  }
  if (opened.kind === "file" && opened.file.content?.kind === "foreign" && opened.file.content.archive?.hasMainModule === false) {
    const fix = "Build it with one: python -m zipapp -m package.module:function.";
    return [finding("FL2140", `python is told to run the archive ${opened.path}, which has no __main__.py`, fix, opened.path)];
  }
  if (opened.kind !== "file" || restricted) return [];
  // Python looks beside the file that links lead to.
  const modules = modulesOf(executable, posix.dirname(opened.path), container);
  if (!modules) return [];
  const missing = modules.missingFrom(opened.path, opened.text, "");
  return missing ? [missing] : serverProblems(posix.basename(name), rest, modules, container);
}

function moduleProblem(module: string, modules: PythonModules, container: Container): Finding | undefined {
  const result = modules.find(module);
  if (!result) return undefined;
  const where = `in ${modules.folders.slice(0, 4).join(", ")}${modules.folders.length > 4 ? ", …" : ""}`;
  const fix =
    "Install it in the stage that runs, for the Python that runs; a module of your own: COPY it, and set WORKDIR or PYTHONPATH to where it is.";
  if ("missing" in result)
    return finding("FL2143", `python is told to run the module ${module}, and there is no ${result.missing} ${where}`, fix);
  const [found] = result.found;
  if (result.found.length !== 1 || !found?.folder) {
    const text = found?.file?.text;
    return found?.path && result.found.length === 1 ? modules.missingFrom(found.path, text, module) : undefined;
  }
  const main = open(`${found.folder}/__main__.py`, container);
  if (main.kind !== "missing" || open(`${found.folder}/__main__.pyc`, container).kind !== "missing") return undefined;
  return finding(
    "FL2143",
    `python is told to run the package ${module}, which has no __main__.py`,
    "Name the module in it that is the program.",
    found.folder,
  );
}
