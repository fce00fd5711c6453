import { posix } from "node:path";

import type { Container } from "../../container/container";
import type { Program } from "../../programs/findProgram";
import { homesIn } from "../homes";
import { exists, namesIn, open } from "../../programs/toldFile";

/** One Python: where it looks for modules, and which extension modules it takes. */
export interface Python {
  /** Such as `3.12`. */
  version: string;
  /** Folders of the standard library and of packages, in no order; none that is not there. */
  folders: string[];
  /** Those of the standard library. */
  standardFolders: string[];
}

/** Starts that change nothing of how modules are found: those of setuptools, virtualenv, coverage, and of namespaces. */
const harmlessStarts = /^(distutils-precedence|_virtualenv|a1_coverage|.*-nspkg|zzz_.*_warn|sphinxcontrib.*)\.pth$/;

/**
 * What an interpreter looks in beside the program's own folders.
 *
 * @returns undefined where that can't be told from the image's files
 * @see https://docs.python.org/3/library/site.html
 */
export function pythonOf({ foundAt, path: resolvedPath }: Program, container: Container): Python | undefined {
  const version = /^python(3\.\d+)$/.exec(posix.basename(resolvedPath))?.[1];
  // Nix builds the folders into its interpreters.
  if (!version || resolvedPath.startsWith("/nix/") || container.environment.has("PYTHONHOME")) return undefined;
  const prefix = posix.dirname(posix.dirname(resolvedPath));
  const home = `${prefix}/lib/python${version}`;
  if (!exists(`${home}/os.py`, container) && !exists(`/usr/lib64/python${version}/os.py`, container)) return undefined;
  // The standard library may be an archive.
  if (["lib", "lib64"].some((lib) => exists(`${prefix}/${lib}/python${version.replace(".", "")}.zip`, container))) return undefined;
  const environment = virtualEnvironment(foundAt, container);
  if (environment === "unknown") return undefined;
  const isSeen = (folder: string) => !["missing", "closed"].includes(open(folder, container).kind);
  const standardFolders = [home, `${home}/lib-dynload`, `/usr/lib64/python${version}`, `/usr/lib64/python${version}/lib-dynload`].filter(
    isSeen,
  );
  const packages = environment?.isolated ? [] : [...systemPackages(prefix, version, environment !== undefined, container)];
  if (environment) packages.push(...["lib", "lib64"].map((lib) => `${environment.folder}/${lib}/python${version}/site-packages`));
  if (!environment?.isolated) packages.push(...userPackages(version, container));
  // Python passes over folders that it may not enter.
  const folders = [...new Set([...standardFolders, ...packages.filter(isSeen)])];
  if (folders.some((folder) => open(folder, container).kind !== "directory")) return undefined;
  if (folders.some((folder) => isCustomized(folder, version, container))) return undefined;
  const added = folders.map((folder) => addedBy(folder, container));
  if (added.includes(undefined)) return undefined;
  return { version, standardFolders, folders: [...folders, ...added.flatMap((some) => some!)] };
}

/** A `pyvenv.cfg` beside the interpreter, or above it, makes a virtual environment. */
function virtualEnvironment(path: string, container: Container): { folder: string; isolated: boolean } | "unknown" | undefined {
  for (const folder of [posix.dirname(posix.dirname(path)), posix.dirname(path)]) {
    const opened = open(`${folder}/pyvenv.cfg`, container);
    if (opened.kind === "missing") continue;
    if (opened.kind !== "file" || opened.text === undefined) return "unknown";
    // Where it says nothing of them, they count.
    const system = /^[ \t]*include-system-site-packages[ \t]*=(.*)$/im.exec(opened.text)?.[1] ?? "true";
    return { folder, isolated: system.trim().toLowerCase() !== "true" };
  }
  return undefined;
}

/** Where packages are installed for all. Debian's own Python (Ubuntu's too) looks elsewhere than one that was compiled, and Red Hat's below local as well. */
function systemPackages(prefix: string, version: string, isVirtual: boolean, container: Container): string[] {
  const own = ["lib", "lib64"].map((lib) => `${prefix}/${lib}/python${version}/site-packages`);
  // Red Hat's collections are in a /usr of their own.
  if (!prefix.endsWith("/usr")) return own;
  const debian = [
    `/usr/local/lib/python${version}/dist-packages`,
    "/usr/lib/python3/dist-packages",
    `/usr/lib/python${version}/dist-packages`,
  ];
  if (isDebian(version, container)) return isVirtual ? [...own, ...debian] : debian;
  const local = ["lib", "lib64"].map((lib) => `${prefix}/local/${lib}/python${version}/site-packages`);
  return [...own, ...local, ...debian];
}

/** Whose `site.py` names dist-packages alone; its text isn't read. */
function isDebian(version: string, { tree }: Container): boolean {
  const found = tree.resolve(`/usr/lib/python${version}/sitecustomize.py`);
  return found.found && found.path === `/etc/python${version}/sitecustomize.py`;
}

/** `pip install --user`, of whoever it may be. */
function userPackages(version: string, container: Container): string[] {
  const bases = [container.environment.get("PYTHONUSERBASE"), ...homesIn(container).map((home) => `${home}/.local`)];
  return [...new Set(bases)]
    .filter((base): base is string => base?.startsWith("/") ?? false)
    .map((base) => `${base}/lib/python${version}/site-packages`);
}

/** Whether a module of the administrator's changes what Python does at its start. */
function isCustomized(folder: string, version: string, { tree }: Container): boolean {
  return ["sitecustomize.py", "usercustomize.py"].some((name) => {
    const found = tree.resolve(`${folder}/${name}`);
    return found.found && found.path !== `/etc/python${version}/sitecustomize.py`;
  });
}

/** Folders that are looked at, of those that `.pth` files add. */
const mostAdded = 1000;

/** Folders that `.pth` files add; undefined if one of them runs something that is not known, or where there are too many. */
function addedBy(folder: string, container: Container): string[] | undefined {
  const added: string[] = [];
  for (const name of namesIn(folder, container.tree).filter((entry) => entry.endsWith(".pth"))) {
    if (harmlessStarts.test(name)) continue;
    const opened = open(`${folder}/${name}`, container);
    if (opened.kind !== "file" || opened.text === undefined) return undefined;
    for (const line of opened.text.split(/\r?\n/).filter((text) => text.trim() !== "" && !text.startsWith("#"))) {
      if (/^import[ \t]/.test(line)) return undefined;
      if (added.push(posix.resolve(folder, line.trim())) > mostAdded) return undefined;
    }
  }
  // An .egg on the path may be an archive.
  return added.some((path) => open(path, container).kind === "file") ? undefined : added;
}
