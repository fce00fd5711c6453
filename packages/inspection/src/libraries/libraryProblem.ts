import { posix } from "node:path";

import type { File } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import type { Container } from "../container/container";
import type { Identity } from "../container/user";
import type { Elf } from "../elf/elf";
import { load, loaderKind, type Lacking, type LoadedProgram } from "./libraries";
import type { Loaded, SearchContext } from "./loaded";
import { lackingFix, versionFix } from "./libraryFixes";

/** What keeps a program from getting the libraries that it needs, or may. */
export function libraryProblem(
  program: Loaded,
  interpreter: string,
  loader: { path: string; elf: Elf },
  container: Container,
): Finding | undefined {
  const kind = loaderKind(loader.elf, interpreter);
  if (!kind || !program.elf.dynamic) return undefined;
  const { identity, isSecure } = afterExec(program.node, container.identity);
  const context: SearchContext = { ...container, identity, isSecure, program, interpreter };
  const loaded = load(kind, loader, context);
  return lackingProblem(loaded, context) ?? cutOffProblem(loaded) ?? versionProblem(loaded, context) ?? cpuProblem(loaded);
}

/** Whom a program runs as, and whether the loader trusts whoever started it. */
function afterExec({ mode, uid, gid }: File, identity: Identity): { identity: Identity; isSecure: boolean } {
  const changesUser = (mode & 0o4000) !== 0 && uid !== identity.uid;
  const changesGroup = (mode & 0o2010) === 0o2010 && !identity.gids.has(gid);
  return {
    identity: {
      ...identity,
      uid: changesUser ? uid : identity.uid,
      gids: changesGroup ? new Set([...identity.gids, gid]) : identity.gids,
      overridesPermissions: identity.overridesPermissions || (changesUser && uid === 0),
    },
    isSecure: changesUser || changesGroup,
  };
}

/** Put into the container by what starts it, where the machine has the device. */
export const ofTheMachine = /^lib(cuda|nvidia|nvcuvid|nvoptix|nvrtc-builtins|EGL_nvidia|GLX_nvidia|neuron)/;

function lackingProblem({ kind, loaded, lacking, isKnown }: LoadedProgram, context: SearchContext): Finding | undefined {
  const [first, ...others] = lacking;
  if (!first) return undefined;
  const { program } = context;
  const certain = (found: Finding) => (isKnown && !ofTheMachine.test(first.name) ? found : may(found));
  const { search } = first;
  if (search.result === "refused") {
    const error = kind === "musl" ? "Exec format error" : search.error;
    const problem = `${needs(program, first)} ${first.name}, and ${search.path} is no library (${error})`;
    return certain(finding("FL2136", problem, "Copy the library itself: is it a text, a Git LFS pointer, or cut off?", program.path));
  }
  const { passedOver, places } = search;
  const [over] = passedOver;
  const more = others.length > 0 ? `. ${program.path} lacks ${others.length > 1 ? "others" : "another"} as well: ${listOf(others)}` : "";
  if (over && !over.isUnreadable)
    return certain(
      finding(
        "FL2136",
        `${needs(program, first)} ${first.name}, and ${over.why}${more}`,
        "Copy it from a stage of the same platform.",
        program.path,
      ),
    );
  const folders = [...new Set(places.map(({ name, folders: its }) => [name, its.join(", ")].filter(Boolean).join(" ")).filter(Boolean))];
  const why = over ? over.why : `which is in none of the folders that the loader looks in (${shortened(folders.join("; "))})`;
  return certain(
    finding(
      "FL2135",
      `${needs(program, first)} ${first.name}, ${over ? "but " : ""}${why}${more}`,
      lackingFix(first, kind, over, loaded, context),
      program.path,
    ),
  );
}

function needs(program: Loaded, { by }: Pick<Lacking, "by">): string {
  return by === program ? `${program.path} needs` : `${program.path} needs ${by.path}, which needs`;
}

function listOf(lacking: readonly Lacking[]): string {
  const names = lacking.slice(0, 5).map(({ name }) => name);
  return names.join(", ") + (lacking.length > 5 ? ` and ${lacking.length - 5} more` : "");
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function cutOffProblem({ loaded: [, ...libraries] }: LoadedProgram): Finding | undefined {
  const cut = libraries.find(({ elf }) => elf.cutOff);
  return cut && cutOffFinding(cut.path, cut.elf.cutOff!);
}

/** A file that ends before its segments do. */
export function cutOffFinding(path: string, { size, needed, touched }: NonNullable<Elf["cutOff"]>): Finding {
  const found = finding(
    "FL2138",
    `${path} has ${size} bytes, and its segments reach to ${needed}: it was cut off`,
    "Copy it again, and compare its size: a download or a disk that was full is the usual cause.",
    path,
  );
  return touched ? found : may(found);
}

/** musl knows no versions. */
function versionProblem({ kind, loader, loaded, byName }: LoadedProgram, context: SearchContext): Finding | undefined {
  if (kind !== "glibc") return undefined;
  for (const one of loaded) {
    if (one.others.length > 0) continue;
    for (const { library, versions } of one.elf.dynamic?.versionNeeds ?? []) {
      const from = byName.get(library);
      const has = from ? [from.elf, ...from.others] : library === loader.dynamic?.soname ? [loader] : [];
      const missing = versions.filter(
        (version) => has.length > 0 && has.every(({ dynamic }) => dynamic?.versions?.includes(version) === false),
      );
      if (missing.length === 0) continue;
      const where = from?.path ?? context.interpreter;
      const version = missing.sort(byNumber).at(-1)!;
      return finding(
        "FL2137",
        `${one.path} needs version ${version} of ${library}, and ${where} has none above ${highest(version, has[0]!)}`,
        versionFix(library, version, one, context),
        context.program.path,
      );
    }
  }
  return undefined;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** Of the versions with the same name, such as GLIBC. */
function highest(version: string, { dynamic }: Elf): string {
  const name = version.replace(/_[\d.]+$/, "_");
  const same = dynamic!.versions!.filter((other) => /_[\d.]+$/.test(other) && other.startsWith(name));
  return same.sort(byNumber).at(-1) ?? `${posix.basename(name)}…`;
}

function cpuProblem({ loaded }: LoadedProgram): Finding | undefined {
  const one = loaded.find(({ elf }) => (elf.x86Level ?? 0) >= 3);
  return one && cpuFinding(one.path, one.elf.x86Level!);
}

/** Fargate doesn't say which CPUs it has; none that was seen there lacks level 2. */
export function cpuFinding(path: string, level: number): Finding {
  return may(
    finding(
      "FL2139",
      `${path} says that it needs a CPU of level x86-64-v${level}, which Fargate doesn't promise`,
      "Build it for x86-64-v2 (-march=x86-64-v2), and let libraries choose as they run.",
      path,
    ),
  );
}
