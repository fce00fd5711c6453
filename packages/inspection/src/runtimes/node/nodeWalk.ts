import { finding, may, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { commonjsAsModule, formatOf, missingBuiltin, moduleAsCommonjs, requiredModule } from "./nodeFormat";
import { importsOf, makesGlobals } from "./nodeImports";
import { failsWithoutNative } from "./nativeLoader";
import type { Loading } from "../nativeLoading";
import { NodePackages } from "./nodePackages";
import { leavesAlone } from "./nodeHarmless";
import { packageFolder, packageNameOf } from "./nodeLookup";
import { resolveSpecifier } from "./nodeResolution";
import { isSince, since } from "./nodeVersion";
import { closedProblem, namesIn, open } from "../../programs/toldFile";

/** Files that are followed from one entry. */
const mostFiles = 300;

/** Packages that change how modules are found, or what an extension means. */
const hooks = new Set(
  (
    "module-alias app-module-path better-module-alias tsconfig-paths ts-node ts-node-dev tsx esbuild-register esbuild-runner esm jiti sucrase " +
    "@babel/register @babel/node @swc/register @swc-node/register @esbuild-kit/cjs-loader @esbuild-kit/esm-loader coffeescript coffee-script pirates " +
    "require-hook mock-require proxyquire rewire reify livescript require-in-the-middle import-in-the-middle v8-compile-cache-lib pkg nexe asar " +
    "@yarnpkg/pnp module node:module"
  ).split(" "),
);

/** Whether a module is known to change how others are found. */
export function isHook(specifier: string): boolean {
  return hooks.has(specifier.startsWith("node:") ? specifier : packageNameOf(specifier));
}

/** Whose own loader can't be followed by its form, and fails: seen without their part for Linux. */
const loadAtOnce = new Set(["rollup", "rollup/parseAst", "lightningcss"]);

/** A name that a tool's alias more likely stands for than a package. */
const likeAlias =
  /^([@~]|src|app|lib|config|utils?|components|server|client|common|shared|modules|models|routes|services|controllers|helpers)(\/|$)/;

/** Packages that may give modules the variables of CommonJS. */
const likeShim = /require|cjs|commonjs|shim|polyfill|global|dirname/i;

/**
 * What a program of Node's surely loads as it starts and can't, followed through its own files, and through packages that have native parts for
 * another platform: their texts are asked for by `container.wantedTexts`.
 *
 * @returns the first that is missing, or may be
 */
export function loadingProblem(entry: { path: string; text?: string }, container: Container, loading: Loading): Finding | undefined {
  const walk = new Walk(container, loading);
  walk.file(entry.path, entry.text);
  if (!walk.found) return walk.perhaps;
  return walk.unsure ? may(walk.found) : walk.found;
}

class Walk {
  found?: Finding;
  /** What is wrong with a package, and may never be loaded. */
  perhaps?: Finding;
  /** Whether something on the way may have changed what follows. */
  unsure = false;
  private ended = false;
  /** Whether packages were loaded that may know aliases. */
  private mayKnowAliases = false;
  /** Whether something may have made variables that every file has. */
  private hasGlobals = false;
  /** What the program may have made on the way. */
  private made: "nothing" | "files" | "anything" = "nothing";
  private readonly visited = new Set<string>();
  private readonly packages: NodePackages;

  constructor(
    private readonly container: Container,
    private readonly loading: Loading,
  ) {
    this.packages = new NodePackages(container, loading);
  }

  /** @param native the package that it is a part of, whose native part can't be loaded */
  file(path: string, text: string | undefined, native?: { folder: string; problem: string }): void {
    if (this.ended || this.visited.has(path) || this.visited.size >= mostFiles) return;
    this.visited.add(path);
    if (text === undefined || !/\.[cm]?js$|\/[^./]+$/.test(path)) return;
    const format = native ? undefined : formatOf(path, this.container, this.loading.nodeVersion);
    const imports = importsOf(text, format === "module");
    if (!imports) return;
    this.unsure ||= imports.survives;
    if (format === "commonjs" && imports.kind === "module") return this.end(moduleAsCommonjs(path, this.container));
    if (imports.kind === "commonjs") this.making(imports.makes);
    // All that a module imports is found before any of it runs.
    if (!native && (imports.changesResolution || (imports.kind === "module" && imports.specifiers.some(isHook)))) this.ended = true;
    for (const specifier of imports.specifiers) {
      if (this.ended) return;
      this.specifier(specifier, path, imports.kind, native);
    }
    // All that a module imports is looked for before it makes anything.
    this.making(imports.makes);
    for (const { specifier, kind } of imports.later) if (!this.ended) this.specifier(specifier, path, kind, native);
    this.hasGlobals ||= makesGlobals(text) || imports.specifiers.some((specifier) => likeShim.test(specifier));
    if (this.ended) return;
    if (format === "module" && imports.ofCommonjs !== undefined && !this.hasGlobals)
      return this.end(commonjsAsModule(path, imports.ofCommonjs, this.container));
    if (native && failsWithoutNative(text)) this.end(nativeFinding(native.folder, native.problem, path));
  }

  private end(found: Finding): void {
    this.ended = true;
    this.found = found;
  }

  private making(made: "nothing" | "files" | "anything"): void {
    if (made !== "nothing" && this.made !== "anything") this.made = made;
  }

  /** Files are made in the program's own folders, or in those of NODE_PATH. */
  private mayBeMade(specifier: string): boolean {
    if (this.made !== "files") return this.made === "anything";
    return /^\.{0,2}\//.test(specifier) || this.container.environment.has("NODE_PATH");
  }

  private specifier(specifier: string, from: string, kind: "module" | "commonjs", native?: { folder: string; problem: string }): void {
    if (isHook(specifier)) {
      this.ended ||= !native;
      return;
    }
    // Its own loader says why it can't be loaded.
    if (native && specifier.endsWith(".node")) return;
    const { nodeVersion } = this.loading;
    const lacking = native ? undefined : missingBuiltin(from, specifier, nodeVersion);
    if (lacking) return this.end(lacking);
    const resolved = resolveSpecifier(specifier, from, kind, this.container);
    const target = resolved.kind === "file" || resolved.kind === "package" ? resolved.path : undefined;
    if (kind === "commonjs" && !native && target !== undefined && isSince(nodeVersion, since.requiresModules) === false) {
      this.unsure ||= this.made === "anything";
      if (formatOf(target, this.container, nodeVersion) === "module") return this.end(requiredModule(from, specifier, nodeVersion!));
    }
    if (resolved.kind === "file") this.file(resolved.path, resolved.text, native);
    if (resolved.kind === "package") {
      this.mayKnowAliases ||= !leavesAlone.test(specifier);
      this.package(specifier, resolved);
    }
    if (resolved.kind !== "missing" && resolved.kind !== "closed") return;
    this.unsure ||= this.mayBeMade(specifier) || (likeAlias.test(specifier) && this.mayKnowAliases);
    const problem = `${from} loads "${specifier}" as it starts, and ${resolved.why}`;
    this.end(
      resolved.kind === "closed" ? closedProblem(problem, from) : finding("FL2143", problem, fixOf(specifier, resolved.isInstalled), from),
    );
  }

  /** A package is followed if it, or one that it depends on, has a native part that can't be loaded. */
  private package(specifier: string, { folder, path }: { folder: string; path?: string }): void {
    if (specifier === "@prisma/client" && path !== undefined && !hasPrisma(folder, this.container)) {
      this.container.wantedTexts?.add(folder);
      const main = open(path, this.container);
      return main.kind === "file" ? this.file(main.path, main.text) : undefined;
    }
    const way = this.packages.wayToProblem(folder);
    if (!way) return;
    for (const one of way) this.container.wantedTexts?.add(one);
    const reached = way.at(-1)!;
    const problem = this.packages.nativeProblem(reached)!;
    if (!problem.includes("never built")) this.perhaps ??= may(nativeFinding(reached, problem, undefined));
    if (specifier !== packageNameOf(specifier) && !loadAtOnce.has(specifier)) return;
    const main = path === undefined ? undefined : open(path, this.container);
    const own = this.packages.nativeProblem(folder);
    if (own !== undefined && loadAtOnce.has(specifier)) return this.end(nativeFinding(folder, own, specifier));
    if (main?.kind === "file") this.file(main.path, main.text, own === undefined ? undefined : { folder, problem: own });
  }
}

/** @param loader the file or program that loads it, for sure and at once; undefined where it may never be */
export function nativeFinding(folder: string, problem: string, loader: string | undefined): Finding {
  const loaded = loader === undefined ? "" : `, and ${loader} loads it as the program starts`;
  const isUnbuilt = problem.includes("never built");
  return finding(
    "FL2144",
    `the native part of ${folder} can't be loaded: ${problem.startsWith(`${folder}/`) ? problem.slice(folder.length + 1) : problem}${loaded}`,
    isUnbuilt
      ? "Let `npm ci` run its install script (no --ignore-scripts), in a stage with python3, make and g++ where nothing built is to be had."
      : "Run `npm ci` in the Dockerfile, on a base image with the C library of the last stage, and exclude node_modules in .dockerignore: COPY . . brings those of your own machine.",
    folder,
  );
}

/** Whether something was generated for Prisma's client, which asks for it as it is loaded. */
function hasPrisma(folder: string, container: Container): boolean {
  const generated = packageFolder(".prisma", folder, container);
  return generated !== undefined && namesIn(`${generated}/client`, container.tree).length > 0;
}

function fixOf(specifier: string, isInstalled = false): string {
  if (specifier.startsWith(".prisma/"))
    return "Run `npx prisma generate` in the Dockerfile, and copy node_modules/.prisma with node_modules.";
  if (likeAlias.test(specifier))
    return "tsc leaves `paths` of tsconfig.json as they are: have tsc-alias rewrite them after it, bundle, or use `imports` of package.json.";
  if (isInstalled || specifier.startsWith("#"))
    return "Build it in the Dockerfile, a package of the workspace's before what needs it, and copy what comes of it; or correct its package.json.";
  return specifier.startsWith(".") || specifier.startsWith("/")
    ? "COPY it in the Dockerfile (is it excluded by .dockerignore? is it made by a build step?), or correct the path and its case."
    : `Is ${packageNameOf(specifier)} among "dependencies" (not "devDependencies"), and is node_modules of the stage that runs \`npm ci\` copied into this one?`;
}
