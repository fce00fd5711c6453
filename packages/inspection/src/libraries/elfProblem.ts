import { posix } from "node:path";

import type { File } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import { isMounted, type Container } from "../container/container";
import { mayExecute } from "../container/user";
import { machineName, runsOn, type Elf } from "../elf/elf";
import { cpuFinding, cutOffFinding, libraryProblem } from "./libraryProblem";
import { loaderFix } from "./loaderFix";

/** Why an ELF file can't be started, or may not be: its machine, its kind, its loader, its libraries. */
export function elfProblem(path: string, node: File, elf: Elf, container: Container): Finding | undefined {
  const { architecture } = container;
  const runs = runsOn(elf, architecture);
  const isFor = `${path} is for ${machineName(elf)}, ${elf.class} bits; the platform is linux/${architecture}`;
  if (runs === "no") {
    const fix = `Build it for linux/${architecture}: in a stage of the target's platform, or cross-compile with TARGETARCH. A copy from a stage with another --platform is the usual cause.`;
    return finding("FL2106", isFor, fix, path);
  }
  if (elf.type !== 2 && elf.type !== 3)
    return finding("FL2110", `${path} is an ELF file, but no program (an object file or a core dump)`, "Link it.", path);
  const problem =
    ownProblem(path, elf) ?? (elf.interpreter === undefined ? undefined : loaderProblem(path, node, elf, elf.interpreter, container));
  if (problem?.certainty === "dies" || runs === "yes") return problem;
  return may(finding("FL2106", `${isFor}, whose kernel may be built without the 32 bits`, `Build it for linux/${architecture}.`, path));
}

/** What is wrong with the file itself. */
function ownProblem(path: string, elf: Elf): Finding | undefined {
  if (elf.cutOff) return cutOffFinding(path, elf.cutOff);
  if (elf.type === 3 && elf.hasEntry === false && elf.interpreter === undefined)
    return finding(
      "FL2138",
      `${path} is a shared library: it has no first instruction`,
      "Name a program, or link it as one (-pie, not -shared).",
      path,
    );
  return elf.interpreter === undefined && (elf.x86Level ?? 0) >= 3 ? cpuFinding(path, elf.x86Level!) : undefined;
}

function loaderProblem(path: string, node: File, elf: Elf, interpreter: string, container: Container): Finding | undefined {
  const { architecture, tree, identity } = container;
  const loader = tree.resolve(posix.resolve("/", interpreter));
  if (isMounted(interpreter, loader, container)) return undefined;
  if (!loader.found)
    return finding("FL2107", `${path} needs the loader ${interpreter}, which is not in the image`, loaderFix(interpreter, tree), path);
  const content = loader.node.kind === "file" ? loader.node.content : undefined;
  if (loader.node.kind !== "file" || !mayExecute(loader.node, identity))
    return finding("FL2107", `${path} needs the loader ${interpreter}, which can't be executed`, `RUN chmod 755 ${interpreter}.`, path);
  if (!content) return undefined;
  if (content.kind !== "elf")
    return finding("FL2107", `${path} needs the loader ${interpreter}, which is no ELF file`, loaderFix(interpreter, tree), path);
  if (content.elf.machine !== elf.machine)
    return finding(
      "FL2106",
      `${path} needs the loader ${interpreter}, which is for ${machineName(content.elf)}; the platform is linux/${architecture}`,
      "Copy the loader of the same platform.",
      interpreter,
    );
  return libraryProblem({ path, node, elf, others: [] }, interpreter, { path: loader.path, elf: content.elf }, container);
}
