import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The first runc of PATH that can do what BuildKit asks of it, if there is one. A build from the Go module alone has no seccomp, and every
 * RUN then ends with "exit code: 1" and nothing else.
 */
export function usableRunc(path = process.env.PATH ?? ""): string | undefined {
  const candidates = path.split(delimiter).map((folder) => join(folder, "runc"));
  return candidates.find((runc) => existsSync(runc) && hasSeccomp(runc));
}

/** `features` came with runc 1.1; what is older names the library in its version where it has it. What can't be told is no. */
function hasSeccomp(runc: string): boolean {
  return seccompFeature(outputOf(runc, "features")) ?? /^libseccomp: \d/m.test(outputOf(runc, "--version"));
}

/** @see https://github.com/opencontainers/runtime-spec/blob/main/features-linux.md */
function seccompFeature(features: string): boolean | undefined {
  try {
    const { linux } = JSON.parse(features) as { linux?: { seccomp?: { enabled?: boolean | null } } };
    return linux?.seccomp?.enabled ?? undefined;
  } catch {
    return undefined;
  }
}

function outputOf(program: string, argument: string): string {
  const { status, stdout } = spawnSync(program, [argument], { encoding: "utf8", timeout: 10_000, stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout : "";
}
