import { posix } from "node:path";

import type { File } from "../../files/fileTree";
import { may, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { makesModules, pythonImports } from "./pythonImports";
import { closedModule } from "./pythonClosed";
import { hasSource, noExtension, packageOfOthers, withoutExtension } from "./pythonExtensions";
import { missing, nativeFinding, partFinding, relativeFinding } from "./pythonFindings";
import { leavesOthersAlone } from "./pythonPackages";
import { requiredExtensions } from "./pythonRequired";
import { lackingOfPython, lacksPart, type PythonLoading } from "./pythonParts";
import { standardLibrary } from "./pythonStandardLibrary";
import { namesIn } from "../../programs/toldFile";

/** Modules that are followed from one entry. */
const mostModules = 300;

/** Where a module was found. */
interface Found {
  /** The module's own file; undefined for a namespace, and for an extension. */
  path?: string;
  file?: File;
  /** The folder of a package. */
  folder?: string;
}

/** The modules that a Python finds in given folders. */
export class PythonModules {
  /** Of a folder that can't be listed nothing is known. */
  constructor(
    readonly container: Container,
    /** In the order in which they are looked in, as far as it is known. */
    readonly folders: readonly string[],
    private readonly loading: PythonLoading,
  ) {
    // Packages of another platform: what their sources say of it may be read.
    for (const folder of folders.filter((one) => /(site|dist)-packages$/.test(one)))
      if (packageOfOthers(folder, loading) !== undefined) container.wantedTexts?.add(folder);
  }

  /** The same for another folder that is looked in first. */
  within(folder: string): PythonModules {
    return new PythonModules(this.container, [...new Set([folder, ...this.folders])], this.loading);
  }

  /** Places of a module at the top: `[]` where there is none; undefined where files don't tell. */
  top(name: string): Found[] | undefined {
    if (standardLibrary.has(name) || name.startsWith("_")) return undefined;
    return this.folders.flatMap((folder) => this.placesIn(folder, name));
  }

  /**
   * Why a module with dots can't be imported, told from its files.
   *
   * @returns its places if it can be, undefined where files don't tell
   */
  find(module: string): { found: Found[] } | { missing: string; native?: string } | undefined {
    // A path is no name of a module.
    if (module.includes("/")) return { missing: module };
    const [name = "", ...parts] = module.split(".");
    const top = this.top(name);
    if (!top) return lacksPart(name, (one) => this.isIn(one)) ? { missing: name } : undefined;
    if (top.length === 0) return { missing: name };
    let found: Found[] = top;
    let at = name;
    for (const part of parts) {
      const folders: Found[] = found.filter(({ folder }) => folder !== undefined);
      const [only] = folders;
      const native =
        folders.length === 1 &&
        !hasSource(only!.folder!, part, this.container.tree) &&
        noExtension(only!.folder!, part, this.container.tree, this.loading);
      if (native) return { missing: `${at}.${part}`, native };
      if (folders.length !== found.length) return found.length === 1 && isPlain(found[0]!) ? { missing: `${at}.${part}` } : undefined;
      const next: Found[] = folders.flatMap(({ folder }) => this.placesIn(folder!, part));
      at = `${at}.${part}`;
      // A package may make its modules up, unless it is known what it does.
      if (next.length === 0) return found.some(({ file }) => file && isInventive(file, part)) ? undefined : { missing: at };
      found = next;
    }
    return { found };
  }

  /** Why a module that is known to need one has no extension module that can be loaded. */
  lacking(module: string): string | undefined {
    const required = requiredExtensions.get(module);
    if (!required || this.top(module.split(".")[0]!)?.length !== 1) return undefined;
    const placeOf = (name: string) => {
      const places = this.top(name);
      return places?.length === 1 ? places[0]!.folder : undefined;
    };
    return withoutExtension(required, placeOf, this.loading);
  }

  /** The same for an extension module of Python's own. */
  lackingOfPython(module: string): ReturnType<typeof lackingOfPython> {
    const others = this.folders.filter((folder) => !this.loading.standardFolders.includes(folder));
    // A module of the program's may have the name of one of Python's.
    return standardLibrary.has(module) && this.isIn(module, others) ? undefined : lackingOfPython(module, this.loading);
  }

  private isIn(name: string, folders = this.folders): boolean {
    return folders.some((folder) => this.placesIn(folder, name).length > 0);
  }

  private placesIn(folder: string, name: string): Found[] {
    const { tree } = this.container;
    const names = namesIn(folder, tree);
    const inPackage = tree.resolve(`${folder}/${name}`);
    if (inPackage.found && inPackage.node.kind === "directory") {
      const path = `${inPackage.path}/__init__.py`;
      const init = tree.resolve(path);
      if (init.found && init.node.kind === "file") return [{ path, file: init.node, folder: inPackage.path }];
    }
    const plain = tree.resolve(`${folder}/${name}.py`);
    if (plain.found && plain.node.kind === "file") return [{ path: `${folder}/${name}.py`, file: plain.node }];
    if (names.some((entry) => entry === `${name}.pyc` || (entry.startsWith(`${name}.`) && entry.endsWith(".so")))) return [{}];
    return inPackage.found && inPackage.node.kind === "directory" ? [{ folder: inPackage.path }] : [];
  }

  /** What a file surely imports and can't, followed through the program's own modules. */
  missingFrom(path: string, text: string | undefined, moduleName: string): Finding | undefined {
    const walk = new Walk(this);
    const found = walk.file(path, text, moduleName);
    return found && walk.unsure ? may(found) : found;
  }
}

/** A module that is no package, and doesn't pass itself off as one. */
function isPlain({ file, folder }: Found): boolean {
  return folder === undefined && file?.text !== undefined && !/__path__|sys\.modules/.test(file.text);
}

function isInventive({ text }: File, part: string): boolean {
  return (
    text === undefined || text.includes("__path__") || text.includes("__getattr__") || text.includes("sys.modules") || text.includes(part)
  );
}

class Walk {
  /** Whether something on the way may have changed where modules are found, or made some. */
  unsure = false;
  private readonly visited = new Set<string>();
  private ended = false;

  constructor(private readonly modules: PythonModules) {}

  /** @param name of the module; the empty text for a program */
  file(path: string, text: string | undefined, name: string): Finding | undefined {
    if (this.ended || this.visited.has(path) || this.visited.size >= mostModules || text === undefined) return undefined;
    this.visited.add(path);
    const imports = pythonImports(text);
    // What comes later may find more than what is known here.
    if (!imports) {
      this.ended = true;
      return undefined;
    }
    for (const { module, names } of imports) {
      const absolute = module.startsWith(".") ? absoluteName(module, name, path) : module;
      // It may name its package by itself.
      if (absolute === undefined && /__package__|__spec__/.test(text)) continue;
      if (absolute === undefined) return relativeFinding(module, path);
      const problem = this.module(absolute, names, path);
      if (problem || this.ended) return problem;
    }
    this.unsure ||= makesModules(text);
    return undefined;
  }

  private module(module: string, names: string[], from: string): Finding | undefined {
    const result = this.modules.find(module);
    if (result && "missing" in result)
      return result.native === undefined
        ? missing(result.missing, from, this.modules.folders, this.modules.container)
        : nativeFinding(result.missing, result.native, from);
    const parts = module.split(".");
    const parents = parts.map((_, index) => parts.slice(0, index + 1).join("."));
    const all = [...parents, ...names.map((part) => `${module}.${part}`)];
    for (const name of all) {
      const native = this.modules.lacking(name);
      if (native !== undefined) return nativeFinding(name, native, from);
      const own = this.modules.lackingOfPython(name);
      if (own) return own.isSure ? partFinding(name, own, from) : may(partFinding(name, own, from));
    }
    for (const name of all) {
      const one = this.modules.find(name);
      if (!one || !("found" in one)) continue;
      const isKnown = one.found.length === 1 && one.found[0]!.file?.text !== undefined;
      // Parts of a namespace run nothing.
      this.unsure ||=
        !isKnown && !leavesOthersAlone(name) && one.found.some(({ path, folder }) => path !== undefined || folder === undefined);
      if (one.found.length !== 1) continue;
      const [{ path, file }] = one.found as [Found];
      const closed = path === undefined ? undefined : closedModule({ name, path, from }, this.modules.container);
      if (closed) return closed;
      const problem = path && file ? this.file(path, file.text, name) : undefined;
      if (problem || this.ended) return problem;
    }
    return undefined;
  }
}

/** `..a` in `x.y.z` is `x.a`; undefined for what is beyond its packages: a program has none. */
function absoluteName(module: string, within: string, path: string): string | undefined {
  const dots = /^\.+/.exec(module)![0].length;
  const isPackage = posix.basename(path) === "__init__.py";
  const parts = within.split(".");
  const base = parts.slice(0, Math.max(0, parts.length - dots + (isPackage ? 1 : 0)));
  return base.length === 0 || within === "" ? undefined : [...base, module.slice(dots)].filter(Boolean).join(".");
}
