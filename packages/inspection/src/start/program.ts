import { posix } from "node:path";

import { elfProblem } from "../elf/elfProblem";
import type { FileContent } from "../files/fileContent";
import type { File, Resolution } from "../files/fileTree";
import { finding, type Finding } from "../finding";
import { searchPath, type Container, type Starter } from "./container";
import { mayExecute, mayRead, type Identity } from "./user";

/** Linux follows as many scripts that interpret each other. */
const interpreterDepth = 4;

/** Why a program can't be started, looked up in PATH where its name has no slash; undefined if it can. */
export function programProblem(name: string, container: Container, by: Starter = "kernel"): Finding | undefined {
  if (name.includes("/")) return pathProblem(posix.resolve(container.workingDirectory, name), container, by);
  const candidates = searchPath(container).map((folder) => posix.resolve(container.workingDirectory, folder, name));
  const problems = [];
  for (const candidate of candidates) {
    const resolution = container.tree.resolve(candidate);
    if (!resolution.found && resolution.reason === "missing" && !resolution.link) continue;
    const problem = pathProblem(candidate, container, by);
    // The next folder is tried for what is not executable, not for what fails to run.
    if (!problem || !["FL2104", "FL2105", "FL2113"].includes(problem.code)) return problem;
    problems.push(problem);
  }
  return problems[0] ?? notFound(name, container);
}

function notFound(name: string, container: Container): Finding {
  const shell = container.tree.resolve("/bin/sh").found;
  const hint = shell
    ? "Install it in the Dockerfile, name it by its whole path, or correct PATH."
    : "The image has no shell and few tools: copy the program in, or use another base image.";
  return finding("FL2104", `"${name}" is in no folder of PATH (${container.environment.get("PATH")})`, hint, name);
}

function pathProblem(path: string, container: Container, by: Starter, depth = 0): Finding | undefined {
  const resolution = container.tree.resolve(path);
  if (!resolution.found) return unresolved(path, resolution);
  const { node, through } = resolution;
  if (node.kind !== "file") {
    const kind = node.kind === "directory" ? "a directory" : "a device or pipe";
    return finding("FL2105", `${path} is ${kind}, not a program`, "Name the program inside, or another one.", path);
  }
  const closed = through.findIndex((folder) => !mayExecute(folder, container.identity));
  if (closed >= 0 && container.identity.uid !== 0) {
    const folder = `/${resolution.path
      .split("/")
      .slice(1, closed + 1)
      .join("/")}`;
    const mode = through[closed]!.mode.toString(8);
    return finding(
      "FL2105",
      `user ${container.identity.uid} may not enter ${folder} (mode ${mode}), which ${path} is in`,
      `RUN chmod a+x ${folder}, or put the program elsewhere.`,
      path,
    );
  }
  if (!mayExecute(node, container.identity)) return notExecutable(path, node, container.identity);
  return contentProblem(path, node, container, by, depth);
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

function contentProblem(path: string, node: File, container: Container, by: Starter, depth: number): Finding | undefined {
  const { content } = node;
  if (!content) return undefined;
  switch (content.kind) {
    case "elf":
      return elfProblem(path, content.elf, container);
    case "script":
      if (!mayRead(node, container.identity))
        return finding(
          "FL2105",
          `${path} is a script that user ${container.identity.uid} may not read (mode ${node.mode.toString(8)})`,
          "COPY --chmod=755 it.",
          path,
        );
      return scriptProblem(path, content, container, depth);
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
      // Whether it is one that a shell understands, only the shell will know.
      if (by !== "kernel") return undefined;
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
  container: Container,
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
  const at = posix.resolve(container.workingDirectory, interpreter);
  const resolution = container.tree.resolve(at);
  if (!resolution.found)
    return finding(
      "FL2108",
      `${path} is run by ${interpreter}, which is not in the image${resolution.link ? ` (${resolution.link.path} → ${resolution.link.target})` : ""}`,
      interpreterFix(interpreter, container),
      path,
    );
  if (depth >= interpreterDepth)
    return finding(
      "FL2108",
      `${path} is run by a script that is run by a script, ${depth} times over`,
      "Name a program as interpreter.",
      path,
    );
  const problem = pathProblem(at, container, "kernel", depth + 1);
  if (problem) return { ...problem, problem: `${path} is run by ${interpreter}: ${problem.problem}` };
  return posix.basename(interpreter) === "env" && argument !== undefined ? envProblem(path, argument, container) : undefined;
}

function interpreterFix(interpreter: string, { tree }: Container): string {
  const name = posix.basename(interpreter);
  if (name === "bash" && tree.resolve("/bin/sh").found) return "Install bash, or write the script for sh: #!/bin/sh.";
  return `Install ${name}, or name the interpreter where it is.`;
}

/** Linux hands everything after the interpreter over as one argument. */
function envProblem(path: string, argument: string, container: Container): Finding | undefined {
  const split = /^-\w*S\s*|^--split-string[= ]/.exec(argument);
  const words = split ? argument.slice(split[0].length).split(/[ \t]+/) : [argument];
  const name = words.find((word) => !word.startsWith("-") && !/^\w+=/.test(word));
  if (name === undefined || (!split && argument.startsWith("-"))) return undefined;
  if (!split && /[ \t]/.test(name))
    return finding("FL2108", `${path} makes env look for a program named "${name}"`, `Split it: #!/usr/bin/env -S ${name}`, path);
  const problem = programProblem(name, container);
  return (
    problem && {
      ...problem,
      code: problem.code === "FL2104" ? "FL2108" : problem.code,
      file: path,
      problem: `${path} is run by env, and ${problem.problem}`,
    }
  );
}
