import { posix } from "node:path";

import { machineName, runsOn, type Elf } from "./elf";
import type { FileTree } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import { mayExecute, type Identity } from "../start/user";

/** What an ELF file finds around it as it is started. */
interface ElfContext {
  tree: FileTree;
  /** `amd64` or `arm64`. */
  architecture: string;
  identity: Identity;
}

/** Why an ELF file can't be started, or may not be: its machine, its kind, its loader. */
export function elfProblem(path: string, elf: Elf, context: ElfContext): Finding | undefined {
  const { architecture } = context;
  const runs = runsOn(elf, architecture);
  const isFor = `${path} is for ${machineName(elf)}, ${elf.class} bits; the platform is linux/${architecture}`;
  if (runs === "no") {
    const fix = `Build it for linux/${architecture}: in a stage of the target's platform, or cross-compile with TARGETARCH. A copy from a stage with another --platform is the usual cause.`;
    return finding("FL2106", isFor, fix, path);
  }
  if (elf.type !== 2 && elf.type !== 3)
    return finding("FL2110", `${path} is an ELF file, but no program (an object file or a core dump)`, "Link it.", path);
  const problem = elf.interpreter === undefined ? undefined : loaderProblem(path, elf, elf.interpreter, context);
  if (problem || runs === "yes") return problem;
  return may(finding("FL2106", `${isFor}, whose kernel may be built without the 32 bits`, `Build it for linux/${architecture}.`, path));
}

function loaderProblem(path: string, elf: Elf, interpreter: string, { architecture, tree, identity }: ElfContext): Finding | undefined {
  const loader = tree.resolve(posix.resolve("/", interpreter));
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
  return undefined;
}

function loaderFix(interpreter: string, tree: FileTree): string {
  const has = (pattern: RegExp) =>
    ["/lib", "/lib64", "/usr/lib"].some((folder) => {
      const found = tree.resolve(folder);
      return found.found && found.node.kind === "directory" && [...found.node.entries.keys()].some((name) => pattern.test(name));
    });
  if (interpreter.includes("ld-linux") && has(/^ld-musl/))
    return "It was built for glibc (Debian, Ubuntu), the image has musl (Alpine): build it on Alpine, use a glibc base image, or link it statically.";
  if (interpreter.includes("ld-musl") && has(/^ld-linux/))
    return "It was built for musl (Alpine), the image has glibc: build it on the image's own base, or link it statically.";
  return "Link it statically (Go: CGO_ENABLED=0; Rust: the musl target), or use a base image with its C library.";
}
