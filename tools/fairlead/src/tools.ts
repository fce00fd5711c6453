import { spawnSync } from "node:child_process";

interface Tool {
  /** Commands of which one ends well where it is there. */
  ask: readonly (readonly [string, ...string[]])[];
  /** What to say where it is not. */
  missing: string;
}

/** Tools that npm can't install. */
export const tools = {
  pulumi: {
    ask: [["pulumi", "version"]],
    missing: "There is no Pulumi CLI on the PATH. To install it: https://www.pulumi.com/docs/install",
  },
  buildx: {
    ask: [["docker", "buildx", "version"]],
    missing: "Images are built by `docker buildx`, which is not here. To install it: https://github.com/docker/buildx#installing",
  },
} satisfies Record<string, Tool>;

/** Whether a tool is there. @param alternatives commands that do as well */
export function isInstalled({ ask }: Tool, alternatives: Tool["ask"] = []): boolean {
  return [...ask, ...alternatives].some(
    ([command, ...args]) => spawnSync(command, args, { stdio: "ignore", env: process.env }).status === 0,
  );
}
