import type { FileContent } from "../files/fileContent";
import type { FileTree } from "../files/fileTree";
import type { Container } from "../container/container";
import type { Program } from "../programs/findProgram";

/** The C library of an image's interpreter, which what it loads must be built for. */
export type Library = "glibc" | "musl";

/** Where native code is to be loaded. */
export interface Loading {
  tree: FileTree;
  architecture: string;
  library?: Library;
  /** Whether libraries may come from a volume of the task's as well. */
  isOpen: boolean;
  /** Of Node, where it is the interpreter and tells it. */
  nodeVersion?: string;
}

/** Where an interpreter loads native code. */
export function loadingOf({ node }: Program, { tree, architecture, environment, volumes = [] }: Container): Loading {
  const isOpen = volumes.length > 0 && environment.has("LD_LIBRARY_PATH");
  return { tree, architecture, library: libraryOf(node.content), isOpen, nodeVersion: node.nodeVersion };
}

/** What a program's loader says of its C library. */
function libraryOf(content: FileContent | undefined): Library | undefined {
  const loader = content?.kind === "elf" ? content.elf.interpreter : undefined;
  if (!loader) return undefined;
  return loader.includes("ld-musl") ? "musl" : loader.includes("ld-linux") ? "glibc" : undefined;
}
