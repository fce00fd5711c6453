import type { FileTree } from "../files/fileTree";

/** What to do about a loader that is not in the image. */
export function loaderFix(interpreter: string, tree: FileTree): string {
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
