/** Where `exports` or `imports` of package.json lead: to a path, or to another package; `none` where they say that it leads nowhere. */
export type Target = { to: string } | "none" | "unknown";

/** Deeper than anybody nests conditions. */
const deepest = 8;

/** Conditions that are true whatever is loaded, and by whom. */
const always = ["node", "node-addons", "default"];

/**
 * Follows `exports` or `imports` of package.json.
 *
 * @param key `.` or `./part` in `exports`, `#name` in `imports`
 * @see https://nodejs.org/api/esm.html#resolution-algorithm-specification PACKAGE_EXPORTS_RESOLVE and PACKAGE_IMPORTS_RESOLVE
 */
export function targetOf(map: unknown, key: string, kind: "module" | "commonjs"): Target {
  const conditions = [...always, kind === "module" ? "import" : "require"];
  const subpaths = isObject(map) && Object.keys(map).some((one) => /^[.#]/.test(one)) ? map : { ".": map };
  if (Object.hasOwn(subpaths, key) && !key.includes("*")) return known(follow(subpaths[key], conditions), "");
  const matching = Object.keys(subpaths).filter((pattern) => matches(pattern, key));
  // Longer texts in front of the star are taken first; folders were taken by old versions alone.
  const [pattern] = matching.sort((one, other) => other.indexOf("*") - one.indexOf("*") || other.length - one.length);
  if (pattern === undefined) return Object.keys(subpaths).some((one) => one.endsWith("/") && key.startsWith(one)) ? "unknown" : "none";
  const star = pattern.indexOf("*");
  return known(follow(subpaths[pattern], conditions), key.slice(star, key.length - (pattern.length - star - 1)));
}

function matches(pattern: string, key: string): boolean {
  const [before, after, ...more] = pattern.split("*");
  if (after === undefined || more.length > 0) return false;
  return key !== before && key.startsWith(before!) && key.endsWith(after) && key.length >= pattern.length;
}

/** `undefined` where no condition is met, `null` where the package says that there is nothing. */
function follow(target: unknown, conditions: readonly string[], depth = 0): string | null | undefined | "unknown" {
  if (typeof target === "string" || target === null) return target;
  // Of a list the first that is well-formed is taken.
  if (!isObject(target) || depth > deepest) return "unknown";
  for (const [condition, next] of Object.entries(target)) {
    // Whether it is met depends on the version.
    if (condition === "module-sync") return "unknown";
    const found = conditions.includes(condition) ? follow(next, conditions, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function known(found: string | null | undefined | "unknown", star: string): Target {
  if (found === null || found === undefined) return "none";
  const to = found.replaceAll("*", star);
  // What leads out of the package is refused.
  return found === "unknown" || /(^|\/)(\.\.|node_modules)(\/|$)|%|\\/.test(to.replace(/^\.\//, "")) ? "unknown" : { to };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
