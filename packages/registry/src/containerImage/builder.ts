import { spawnSync } from "node:child_process";

/** A buildx builder. */
interface Builder {
  /** `docker` is the engine's own builder; `docker-container`, `remote` and `kubernetes` are BuildKits beside it. */
  driver?: string;
  /** What it can run programs of, natively or by emulation. */
  platforms: readonly string[];
}

const asked = new Map<string, Builder | undefined>();

/**
 * A builder, the one that `docker buildx use` selected by default; undefined where there is no buildx to ask, or no such builder.
 */
export function builderOf(builder = ""): Builder | undefined {
  if (!asked.has(builder)) asked.set(builder, ask(builder));
  return asked.get(builder);
}

/** Platforms that a builder can run programs of; undefined where nobody can tell. */
export function builderPlatforms(builder?: string): readonly string[] | undefined {
  return builderOf(builder)?.platforms;
}

function ask(builder: string): Builder | undefined {
  const args = ["inspect", ...(builder ? [builder] : [])];
  for (const [command, ...first] of [["docker", "buildx"], ["buildx"]] as const) {
    const { status, stdout } = spawnSync(command, [...first, ...args], {
      encoding: "utf8",
      timeout: 10_000,
      env: process.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    if (status !== 0) continue;
    // A builder of several nodes has a line for each; * marks what is preferred there.
    const platforms = [...stdout.matchAll(/^Platforms:\s*(.+)$/gm)].flatMap(([, list]) =>
      list!.split(",").map((name) => name.trim().replace("*", "")),
    );
    if (platforms.length > 0) return { driver: /^Driver:\s*(\S+)/m.exec(stdout)?.[1], platforms: [...new Set(platforms)] };
  }
  return undefined;
}
