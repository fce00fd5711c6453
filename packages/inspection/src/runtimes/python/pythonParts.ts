import { hasSource, noExtension, type ExtensionLoading } from "./pythonExtensions";
import { extensionsOfPython, isSourceOfPython, standardLibrary } from "./pythonStandardLibrary";
import { namesIn } from "../../programs/toldFile";

/** Where a Python has what is its own. */
export interface PythonLoading extends ExtensionLoading {
  /** Folders of the standard library. */
  standardFolders: readonly string[];
}

/** Whether a module of the standard library is not in this Python. */
export function lacksPart(name: string, isIn: (name: string) => boolean): boolean {
  if (!isSourceOfPython(name) || isIn(name)) return false;
  // setuptools brings its own.
  return name !== "distutils" || !(isIn("setuptools") || isIn("_distutils_hack"));
}

/** Those that are files of their own in most Pythons. Whoever builds one into the interpreter does so with all. */
const usualFiles = ["_sqlite3", "_ctypes", "_bz2", "_lzma"];

/**
 * Why the extension module of Python's own that a module needs can't be loaded.
 *
 * @returns undefined where it can; unsure where it isn't there, for it may be part of the interpreter
 */
export function lackingOfPython(module: string, loading: PythonLoading): { problem: string; isSure: boolean } | undefined {
  const extension = extensionsOfPython.get(module);
  const { standardFolders, tree } = loading;
  if (extension === undefined || standardFolders.some((folder) => hasSource(folder, extension, tree))) return undefined;
  const names = standardFolders.flatMap((folder) => namesIn(folder, tree)).filter((name) => name.endsWith(".so"));
  const isThere = (name: string) => names.some((file) => file.startsWith(`${name}.`));
  if (isThere(extension)) {
    const problem = standardFolders.map((folder) => noExtension(folder, extension, tree, loading)).find((one) => one !== undefined);
    return problem === undefined ? undefined : { problem, isSure: true };
  }
  const isUsual = usualFiles.includes(extension) && usualFiles.filter(isThere).length >= 2;
  return isUsual && standardLibrary.has(module)
    ? { problem: `there is no ${extension} in ${standardFolders.join(", ")}`, isSure: false }
    : undefined;
}
