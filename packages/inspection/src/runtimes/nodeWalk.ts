import { finding, may, type Finding } from "../finding";
import type { Container } from "../start/container";
import { importsOf } from "./nodeImports";
import { packageNameOf, resolveSpecifier } from "./nodeResolution";

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

/** A name that a tool's alias more likely stands for than a package. */
const likeAlias =
  /^(src|app|lib|config|utils?|components|server|client|common|shared|modules|models|routes|services|controllers|helpers)(\/|$)/;

/**
 * What a program of Node's surely loads as it starts and can't, followed through its own files.
 *
 * @returns the first that is missing
 */
export function missingModule(entry: { path: string; text?: string }, container: Container): Finding | undefined {
  const walk = new Walk(container);
  walk.file(entry.path, entry.text);
  return walk.found && (walk.unsure ? may(walk.found) : walk.found);
}

class Walk {
  found?: Finding;
  /** Whether something on the way may have changed what follows. */
  unsure = false;
  private ended = false;
  private readonly visited = new Set<string>();

  constructor(private readonly container: Container) {}

  file(path: string, text: string | undefined): void {
    if (this.ended || this.visited.has(path) || this.visited.size >= mostFiles) return;
    this.visited.add(path);
    if (text === undefined || !/\.[cm]?js$|\/[^./]+$/.test(path)) return;
    const imports = importsOf(text);
    if (!imports) return;
    this.unsure ||= imports.survives;
    // All that a module imports is found before any of it runs.
    if (imports.kind === "module" && imports.specifiers.some(isHook)) this.ended = true;
    if (imports.changesResolution) this.ended = true;
    for (const specifier of imports.specifiers) {
      if (this.ended) return;
      this.specifier(specifier, path, imports.kind);
    }
  }

  private specifier(specifier: string, from: string, kind: "module" | "commonjs"): void {
    if (isHook(specifier)) {
      this.ended = true;
      return;
    }
    const resolved = resolveSpecifier(specifier, from, kind, this.container);
    if (resolved.kind === "file") this.file(resolved.path, resolved.text);
    if (resolved.kind !== "missing") return;
    this.ended = true;
    this.unsure ||= likeAlias.test(specifier);
    this.found = finding("FL2143", `${from} loads "${specifier}" as it starts, and ${resolved.why}`, fixOf(specifier), from);
  }
}

function fixOf(specifier: string): string {
  return specifier.startsWith(".") || specifier.startsWith("/")
    ? "COPY it in the Dockerfile (is it excluded by .dockerignore? is it made by a build step?), or correct the path and its case."
    : `Is ${packageNameOf(specifier)} among "dependencies" (not "devDependencies"), and is node_modules of the stage that runs \`npm ci\` copied into this one?`;
}
