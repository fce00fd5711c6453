/**
 * Since when Node does something: the first version of each line that does. Lines after the last one do it as well, lines between them don't.
 *
 * @see https://nodejs.org/api/packages.html#determining-module-system
 * @see https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require
 * @see https://nodejs.org/api/typescript.html#type-stripping
 */
export const since = {
  /** Takes a file for a module by its syntax, where no package.json says what it is. */
  detectsModules: "20.19 22.7",
  /** `require` of a module. */
  requiresModules: "20.19 22.12",
  /** Runs TypeScript as it is. */
  stripsTypes: "22.18 23.6",
};

/**
 * Whether a version of Node has something.
 *
 * @param version undefined where it is not known
 * @param lines such as `20.19 22.12`
 */
export function isSince(version: string | undefined, lines: string): boolean | undefined {
  if (version === undefined) return undefined;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const all = lines.split(" ").map((line) => line.split(".").map(Number) as [number, number]);
  const own = all.find(([line]) => line === major);
  return own ? minor >= own[1] : major > Math.max(...all.map(([line]) => line));
}
