import { spawnSync } from "node:child_process";

const asked = new Map<string, readonly string[] | undefined>();

/**
 * Platforms that a buildx builder can run programs of, natively or by emulation; undefined where there is no buildx to ask, or no such
 * builder. The one that `docker buildx use` selected by default.
 */
export function builderPlatforms(builder = ""): readonly string[] | undefined {
  if (!asked.has(builder)) asked.set(builder, ask(builder));
  return asked.get(builder);
}

function ask(builder: string): readonly string[] | undefined {
  const args = ["inspect", ...(builder ? [builder] : [])];
  for (const [command, ...first] of [["docker", "buildx"], ["buildx"]] as const) {
    const { status, stdout } = spawnSync(command, [...first, ...args], {
      encoding: "utf8",
      timeout: 10_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
    if (status !== 0) continue;
    // A builder of several nodes has a line for each; * marks what is preferred there.
    const platforms = [...stdout.matchAll(/^Platforms:\s*(.+)$/gm)].flatMap(([, list]) =>
      list!.split(",").map((name) => name.trim().replace("*", "")),
    );
    if (platforms.length > 0) return [...new Set(platforms)];
  }
  return undefined;
}
