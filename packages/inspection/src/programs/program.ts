import { posix } from "node:path";

import { elfProblem } from "../libraries/elfProblem";
import { pathOf, type File, type Resolution } from "../files/fileTree";
import { finding, type Finding } from "../finding";
import { capabilityProblem } from "../container/capabilities";
import { isMounted, searchPath, takesProgramsAlone, unlessShell, type Container, type Starter } from "../container/container";
import { scriptProblem } from "./script";
import { mayEnter, mayExecute, mayRead } from "../container/user";

/** Why a program can't be started, looked up in PATH where its name has no slash; undefined if it can. */
export function programProblem(name: string, container: Container, by: Starter = "kernel"): Finding | undefined {
  if (name === "") return finding("FL2104", "the name of the program is empty", "Write the command without an empty word.");
  if (name.includes("/")) return pathProblem(name, container, by);
  const problems = [];
  for (const folder of searchPath(container, by)) {
    const candidate = by === "kernel" ? posix.join(folder, name) : `${folder}/${name}`;
    const problem = pathProblem(candidate, container, by);
    if (by === "kernel" && !problem && !candidate.startsWith("/")) return relative(name, folder, container);
    if (!problem || !goesOn(problem, by)) return problem;
    // That it is not in one of many folders says nothing.
    if (problem.code !== "FL2104") problems.push(problem);
  }
  return problems[0] ?? notFound(name, container, by);
}

/**
 * Whether the next folder of PATH is tried: for what is not executable, not for what fails to run. A C library and shells go on where an interpreter
 * or a loader is missing as well.
 */
function goesOn({ code }: Finding, by: Starter): boolean {
  return ["FL2104", "FL2105", "FL2113", ...(by === "kernel" ? [] : ["FL2107", "FL2108"])].includes(code);
}

/** runc is written in Go, whose look-up refuses what lies relative to the working directory instead of going on. */
function relative(name: string, folder: string, { workingDirectory }: Container): Finding {
  return finding(
    "FL2148",
    `"${name}" is found in ${folder === "." ? 'an empty folder of PATH or "."' : `the folder "${folder}" of PATH`}, which is relative to ${workingDirectory}`,
    `Name the folder in PATH from the root on, put it behind those that have the program too, or name the program by its path: ./${posix.join(folder, name)}.`,
    name,
  );
}

function notFound(name: string, container: Container, by: Starter): Finding {
  const path = searchPath(container, by).join(":");
  if (/\s/.test(name))
    return finding(
      "FL2104",
      `"${name}" is one word, and the name of no program`,
      `Split it into words: ${JSON.stringify(name.trim().split(/\s+/))}. Only what a shell reads may be one text.`,
      name,
    );
  const shell = container.tree.resolve("/bin/sh").found;
  const hint = shell
    ? "Install it in the Dockerfile, name it by its whole path, or correct PATH."
    : "The image has no shell and few tools: copy the program in, or use another base image.";
  return finding("FL2104", `"${name}" is in no folder of PATH (${path})`, hint, name);
}

/** The same for a path, which may be relative to the working directory. */
function pathProblem(path: string, container: Container, by: Starter, depth = 0): Finding | undefined {
  const { identity } = container;
  const resolution = container.tree.resolve(path, container.workingDirectory);
  if (isMounted(path, resolution, container)) return undefined;
  const closed = resolution.searched.find(({ folder }) => !mayEnter(folder, identity));
  if (closed) {
    const folder = pathOf(closed);
    const problem = `user ${identity.uid} may not enter ${folder} (mode ${octal(closed.folder.mode)}), which ${path} is in`;
    return finding("FL2105", problem, `RUN chmod a+x ${folder}, or put the program elsewhere.`, path);
  }
  if (!resolution.found) return unresolved(path, resolution, container);
  const { node } = resolution;
  if (node.kind !== "file") {
    const kind = node.kind === "directory" ? "a directory" : "a device or pipe";
    return finding("FL2105", `${path} is ${kind}, not a program`, "Name the program inside, or another one.", path);
  }
  if (!mayExecute(node, identity)) return notExecutable(path, node, container);
  return contentProblem(path, node, container, by, depth);
}

function unresolved(path: string, { reason, at, link }: Extract<Resolution, { found: false }>, container: Container): Finding {
  if (reason === "loop")
    return finding(
      "FL2113",
      `${path} leads round in symbolic links (${link!.path} → ${link!.target})`,
      "Let the link point to the program.",
      path,
    );
  if (link)
    return finding(
      // In PATH, a link on the way to a folder is none of the program's.
      link.last ? "FL2113" : "FL2104",
      `${link.path} links to ${link.target}, and there is no ${at}`,
      "Copy what the link points to as well, or point it elsewhere.",
      path,
    );
  if (reason === "notDirectory") return finding("FL2104", `there is no ${path}: ${at} is not a directory`, "Correct the path.", path);
  const words = path.trim().split(/\s+/);
  if (words.length > 1 && container.tree.resolve(words[0]!, container.workingDirectory).found)
    return finding("FL2104", `there is no "${path}": it is one word`, `Split it into words: ${JSON.stringify(words)}.`, path);
  return finding(
    "FL2104",
    `there is no ${path} in the image${path.startsWith("/") ? "" : ` (from ${container.workingDirectory})`}`,
    "COPY it in the Dockerfile (is it excluded by .dockerignore?), or correct the path.",
    path,
  );
}

function notExecutable(path: string, node: File, { identity: { uid } }: Container): Finding {
  const who =
    (node.mode & 0o111) === 0 ? "nobody may execute it" : `user ${uid} may not execute it, which belongs to ${node.uid}:${node.gid}`;
  return finding(
    "FL2105",
    `${path} has mode ${octal(node.mode)}: ${who}`,
    `COPY --chmod=755 it, or \`chmod +x\` and commit (git keeps the bit).`,
    path,
  );
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function contentProblem(path: string, node: File, container: Container, by: Starter, depth: number): Finding | undefined {
  const { content } = node;
  if (!content) return undefined;
  switch (content.kind) {
    case "elf":
      return capabilityProblem(path, node, container, by) ?? elfProblem(path, node, content.elf, container);
    case "script":
      if (!mayRead(node, container.identity))
        return finding(
          "FL2105",
          `${path} is a script that user ${container.identity.uid} may not read (mode ${octal(node.mode)})`,
          "COPY --chmod=755 it.",
          path,
        );
      return scriptProblem(path, content, container, {
        by,
        depth,
        interpreter: (name) => pathProblem(name, container, "kernel", depth + 1),
        ofEnv: (name, within) => programProblem(name, within, "execvp"),
      });
    case "scriptAfterByteOrderMark":
      return unlessShell(
        by,
        finding(
          "FL2109",
          `${path} begins with a byte order mark, so Linux does not see its #!`,
          "Save it as UTF-8 without a byte order mark.",
          path,
        ),
      );
    case "brokenElf":
      return finding("FL2110", `${path} is an ELF file that ends within its header`, "Build it again; the copy was cut off.", path);
    case "empty":
      return unlessShell(by, finding("FL2110", `${path} is empty`, "Is it a placeholder? Copy the program.", path));
    case "foreign": {
      const { code = "FL2110", description, fix } = content.signature;
      return finding(code, `${path} is ${description}`, fix, path);
    }
    case "text":
      // Whether it is one that a shell understands, only the shell will know.
      if (!takesProgramsAlone(by)) return undefined;
      return finding(
        "FL2110",
        `${path} is a text without #! in its first line`,
        "Begin it with #!/bin/sh, or run it by its interpreter.",
        path,
      );
    case "binary":
      return unlessShell(by, finding("FL2110", `${path} is binary data of an unknown kind`, "Copy a Linux program instead.", path));
    default:
      return content satisfies never;
  }
}
