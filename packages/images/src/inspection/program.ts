import { posix } from "node:path";

import { elfProblem } from "./elfProblem";
import type { FileContent } from "./fileContent";
import type { File, FileTree, Resolution } from "./fileTree";
import { finding, type Finding } from "./finding";
import { mayExecute, mayRead, type Identity } from "./user";

/** What a program finds around it as it is started. */
export interface ProgramContext {
  tree: FileTree;
  /** `amd64` or `arm64`. */
  architecture: string;
  /** Folders of PATH. */
  path: string[];
  workingDirectory: string;
  identity: Identity;
  /** A shell starts it, which itself reads a text that has no `#!`. */
  readsTexts?: boolean;
}

/** Linux follows as many scripts that interpret each other. */
const interpreterDepth = 4;

/** Why a program can't be started, looked up as `execvp` does; undefined if it can. */
export function programProblem(name: string, context: ProgramContext): Finding | undefined {
  if (name.includes("/")) return pathProblem(posix.resolve(context.workingDirectory, name), context);
  const candidates = context.path.map((folder) => posix.resolve(context.workingDirectory, folder, name));
  const problems = [];
  for (const candidate of candidates) {
    const resolution = context.tree.resolve(candidate);
    if (!resolution.found && resolution.reason === "missing" && !resolution.link) continue;
    const problem = pathProblem(candidate, context);
    // The next folder is tried for what is not executable, not for what fails to run.
    if (!problem || !["FL2104", "FL2105", "FL2113"].includes(problem.code)) return problem;
    problems.push(problem);
  }
  return problems[0] ?? notFound(name, context);
}

function notFound(name: string, { path, tree }: ProgramContext): Finding {
  const shell = tree.resolve("/bin/sh").found;
  const hint = shell
    ? "Install it in the Dockerfile, name it by its whole path, or correct PATH."
    : "The image has no shell and few tools: copy the program in, or use another base image.";
  return finding("FL2104", `"${name}" is in no folder of PATH (${path.join(":")})`, hint, name);
}

function pathProblem(path: string, context: ProgramContext, depth = 0): Finding | undefined {
  const resolution = context.tree.resolve(path);
  if (!resolution.found) return unresolved(path, resolution);
  const { node, through } = resolution;
  if (node.kind !== "file") {
    const kind = node.kind === "directory" ? "a directory" : "a device or pipe";
    return finding("FL2105", `${path} is ${kind}, not a program`, "Name the program inside, or another one.", path);
  }
  const closed = through.findIndex((folder) => !mayExecute(folder, context.identity));
  if (closed >= 0 && context.identity.uid !== 0) {
    const folder = `/${resolution.path
      .split("/")
      .slice(1, closed + 1)
      .join("/")}`;
    const mode = through[closed]!.mode.toString(8);
    return finding(
      "FL2105",
      `user ${context.identity.uid} may not enter ${folder} (mode ${mode}), which ${path} is in`,
      `RUN chmod a+x ${folder}, or put the program elsewhere.`,
      path,
    );
  }
  if (!mayExecute(node, context.identity)) return notExecutable(path, node, context.identity);
  return contentProblem(path, node, context, depth);
}

function unresolved(path: string, { reason, at, link }: Extract<Resolution, { found: false }>): Finding {
  if (reason === "loop")
    return finding(
      "FL2113",
      `${path} leads round in symbolic links (${link!.path} → ${link!.target})`,
      "Let the link point to the program.",
      path,
    );
  if (link)
    return finding(
      "FL2113",
      `${link.path} links to ${link.target}, and there is no ${at}`,
      "Copy what the link points to as well, or point it elsewhere.",
      path,
    );
  if (reason === "notDirectory") return finding("FL2104", `there is no ${path}: ${at} is not a directory`, "Correct the path.", path);
  return finding(
    "FL2104",
    `there is no ${path} in the image`,
    "COPY it in the Dockerfile (is it excluded by .dockerignore?), or correct the path.",
    path,
  );
}

function notExecutable(path: string, node: File, { uid }: Identity): Finding {
  const mode = node.mode.toString(8).padStart(4, "0");
  const who =
    (node.mode & 0o111) === 0 ? "nobody may execute it" : `user ${uid} may not execute it, which belongs to ${node.uid}:${node.gid}`;
  return finding(
    "FL2105",
    `${path} has mode ${mode}: ${who}`,
    `COPY --chmod=755 it, or \`chmod +x\` and commit (git keeps the bit).`,
    path,
  );
}

function contentProblem(path: string, node: File, context: ProgramContext, depth: number): Finding | undefined {
  const content: FileContent = node.content ?? { kind: "empty" };
  switch (content.kind) {
    case "elf":
      return elfProblem(path, content.elf, context);
    case "script":
      if (!mayRead(node, context.identity))
        return finding(
          "FL2105",
          `${path} is a script that user ${context.identity.uid} may not read (mode ${node.mode.toString(8)})`,
          "COPY --chmod=755 it.",
          path,
        );
      return scriptProblem(path, content, context, depth);
    case "scriptAfterByteOrderMark":
      return finding(
        "FL2109",
        `${path} begins with a byte order mark, so Linux does not see its #!`,
        "Save it as UTF-8 without a byte order mark.",
        path,
      );
    case "brokenElf":
      return finding("FL2110", `${path} is an ELF file that ends within its header`, "Build it again; the copy was cut off.", path);
    case "empty":
      return finding("FL2110", `${path} is empty`, "Is it a placeholder? Copy the program.", path);
    case "foreign": {
      const { code = "FL2110", description, fix } = content.signature;
      return finding(code, `${path} is ${description}`, fix, path);
    }
    case "text":
      if (context.readsTexts) return undefined;
      return finding(
        "FL2110",
        `${path} is a text without #! in its first line`,
        "Begin it with #!/bin/sh, or run it by its interpreter.",
        path,
      );
    case "binary":
      return finding("FL2110", `${path} is binary data of an unknown kind`, "Copy a Linux program instead.", path);
    default:
      return content satisfies never;
  }
}

function scriptProblem(
  path: string,
  { interpreter, argument }: Extract<FileContent, { kind: "script" }>,
  context: ProgramContext,
  depth: number,
): Finding | undefined {
  if (interpreter.endsWith("\r") || argument?.endsWith("\r"))
    return finding(
      "FL2109",
      `the first line of ${path} ends with a carriage return: Linux looks for "${`${interpreter} ${argument ?? ""}`.trim()}\\r"`,
      'Save it with Unix line ends, and add "* text=auto eol=lf" to .gitattributes.',
      path,
    );
  if (interpreter === "") return finding("FL2110", `${path} begins with #! and names no interpreter`, "Name one: #!/bin/sh.", path);
  const at = posix.resolve(context.workingDirectory, interpreter);
  const resolution = context.tree.resolve(at);
  if (!resolution.found)
    return finding(
      "FL2108",
      `${path} is run by ${interpreter}, which is not in the image${resolution.link ? ` (${resolution.link.path} → ${resolution.link.target})` : ""}`,
      interpreterFix(interpreter, context),
      path,
    );
  if (depth >= interpreterDepth)
    return finding(
      "FL2108",
      `${path} is run by a script that is run by a script, ${depth} times over`,
      "Name a program as interpreter.",
      path,
    );
  const problem = pathProblem(at, context, depth + 1);
  if (problem) return { ...problem, problem: `${path} is run by ${interpreter}: ${problem.problem}` };
  return posix.basename(interpreter) === "env" && argument !== undefined ? envProblem(path, argument, context) : undefined;
}

function interpreterFix(interpreter: string, { tree }: ProgramContext): string {
  const name = posix.basename(interpreter);
  if (name === "bash" && tree.resolve("/bin/sh").found) return "Install bash, or write the script for sh: #!/bin/sh.";
  return `Install ${name}, or name the interpreter where it is.`;
}

/** Linux hands everything after the interpreter over as one argument. */
function envProblem(path: string, argument: string, context: ProgramContext): Finding | undefined {
  const split = /^-\w*S\s*|^--split-string[= ]/.exec(argument);
  const words = split ? argument.slice(split[0].length).split(/[ \t]+/) : [argument];
  const name = words.find((word) => !word.startsWith("-") && !/^\w+=/.test(word));
  if (name === undefined || (!split && argument.startsWith("-"))) return undefined;
  if (!split && /[ \t]/.test(name))
    return finding("FL2108", `${path} makes env look for a program named "${name}"`, `Split it: #!/usr/bin/env -S ${name}`, path);
  const problem = programProblem(name, context);
  return (
    problem && {
      ...problem,
      code: problem.code === "FL2104" ? "FL2108" : problem.code,
      file: path,
      problem: `${path} is run by env, and ${problem.problem}`,
    }
  );
}
