import type { Container } from "../../container/container";
import { filesBelow, misfit } from "../nativeFiles";
import type { Loading } from "../nativeLoading";
import { packageFolder } from "./nodeLookup";
import { exists, open } from "../../programs/toldFile";

/** What package.json says of a package, as far as it is needed. */
interface Description {
  dependencies: string[];
  optional: string[];
  /** Whether it is a part for other systems than Linux alone. */
  elsewhere: boolean;
  /** Whether a script builds it as it is installed; undefined where there is none. */
  isBuilt?: boolean;
}

/** Packages that are looked at for one program. */
const mostPackages = 3000;

/** The native parts of the packages that a program of Node's may load. */
export class NodePackages {
  private readonly problems = new Map<string, string | undefined>();
  private readonly ways = new Map<string, string[] | undefined>();

  constructor(
    private readonly container: Container,
    private readonly loading: Loading,
  ) {}

  /** Why no native part of a package can be loaded here; undefined where one can, where there is none, or where it isn't known. */
  nativeProblem(folder: string): string | undefined {
    if (!this.problems.has(folder)) this.problems.set(folder, this.judge(folder));
    return this.problems.get(folder);
  }

  /** The way to a package with such a problem, through dependencies, the package itself included; undefined where there is none. */
  wayToProblem(folder: string, visited = new Set<string>()): string[] | undefined {
    if (this.ways.has(folder)) return this.ways.get(folder);
    if (visited.has(folder) || visited.size > mostPackages) return undefined;
    visited.add(folder);
    const described = this.describe(folder);
    let way = this.nativeProblem(folder) === undefined ? undefined : [folder];
    for (const name of [
      ...(described?.dependencies ?? []),
      ...(described?.optional ?? []).filter((one) => platformOf(one) === undefined),
    ]) {
      if (way) break;
      const next = packageFolder(name, folder, this.container);
      const further = next === undefined ? undefined : this.wayToProblem(next, visited);
      if (further) way = [folder, ...further];
    }
    this.ways.set(folder, way);
    return way;
  }

  private describe(folder: string): Description | undefined {
    const opened = open(`${folder}/package.json`, this.container);
    const described = opened.kind === "file" ? descriptionOf(opened.text) : undefined;
    // npm builds it where no script says how.
    const isBuilt = described?.isBuilt || (described?.isBuilt === undefined && exists(`${folder}/binding.gyp`, this.container));
    return described && { ...described, isBuilt };
  }

  private judge(folder: string): string | undefined {
    const described = this.describe(folder);
    if (!described || described.elsewhere) return undefined;
    const parts = described.optional.filter((name) => platformOf(name) !== undefined);
    const installed = parts.flatMap((name) => packageFolder(name, folder, this.container) ?? []);
    const files = [folder, ...installed].map((path) => this.nativeFiles(path));
    if (files.includes(undefined) || installed.some((path) => /wasm/.test(path))) return undefined;
    const all = files.flatMap((some) => some!);
    const reasons = all.map(({ content }) => misfit(content, this.loading));
    if (reasons.includes(undefined)) return undefined;
    if (all.length > 0) return `${all[0]!.path} ${reasons[0]!}`;
    return parts.length > 1 ? this.missingPart(parts, installed) : described.isBuilt ? "its native part was never built" : undefined;
  }

  /** Of packages for each platform, the right one is not installed. */
  private missingPart(parts: string[], installed: string[]): string | undefined {
    const cpu = this.loading.architecture === "amd64" ? "x64" : "arm64";
    const fits = (name: string) => platformOf(name)?.startsWith("linux") === true && new RegExp(`(^|[-/])${cpu}(-|$)`).test(name);
    const right = parts.filter(fits);
    if (right.length === 0 || installed.some((path) => fits(path.split("/node_modules/").at(-1)!))) return undefined;
    const others = installed.length > 0 ? `; ${installed.map((path) => path.split("/node_modules/").at(-1)).join(", ")} is` : "";
    return `its part for this platform (${right[0]}) is not installed${others}`;
  }

  private nativeFiles(folder: string): ReturnType<typeof filesBelow> {
    const opened = open(folder, this.container);
    return opened.kind === "directory" ? filesBelow(opened.directory, opened.path, ".node") : undefined;
  }
}

/** The system in a name such as `@esbuild/linux-x64`. */
function platformOf(name: string): string | undefined {
  return (
    /(?:^|[-/])((?:linux|linuxmusl|darwin|win32|freebsd|android)(?:-|$).*)/.exec(name)?.[1] ?? (/wasm32/.test(name) ? "wasm" : undefined)
  );
}

function descriptionOf(text: string | undefined): Description | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    if (typeof value !== "object" || value === null) return undefined;
    const names = (key: string) => (typeof value[key] === "object" && value[key] !== null ? Object.keys(value[key]) : []);
    const systems = Array.isArray(value.os) ? value.os : [];
    const install = (value.scripts as { install?: unknown } | undefined)?.install;
    const optional = names("optionalDependencies");
    return {
      dependencies: names("dependencies").filter((name) => !optional.includes(name)),
      optional,
      elsewhere: systems.length > 0 && !systems.includes("linux") && !systems.every((system) => String(system).startsWith("!")),
      isBuilt: typeof install === "string" ? /node-gyp|node-pre-gyp|prebuild/.test(install) : value.gypfile === false ? false : undefined,
    };
  } catch {
    return undefined;
  }
}
