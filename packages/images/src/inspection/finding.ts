import type { ImageCode } from "../distribution/imageCodes";
import type { ImageError } from "../distribution/imageError";

/** One thing that is wrong with an image. */
export interface Finding {
  code: ImageCode;
  /** Path in the image; undefined where it is about the image as a whole. */
  file?: string;
  problem: string;
  /** What would happen on ECS. */
  consequence: string;
  fix: string;
}

const notPulled = "ECS can't pull the image (CannotPullContainerError): no task starts.";
const stops = (error: string) => `Every task stops as it starts: ${error}.`;

/** What ECS makes of an image with this fault. */
const consequences: Record<ImageCode, string> = {
  FL2101: "No task starts: CannotPullContainerError, image Manifest does not contain descriptor matching platform.",
  FL2102: stops("exec format error, for what is in the image is not what its index says"),
  FL2103: "No task starts: CannotStartContainerError, no command specified.",
  FL2104: stops("executable file not found, or no such file or directory"),
  FL2105: stops("permission denied"),
  FL2106: stops("exec format error"),
  FL2107: stops("no such file or directory, although the program itself is there"),
  FL2108: stops("no such file or directory, although the script itself is there"),
  FL2109: stops("no such file or directory, or exec format error, although the script looks right"),
  FL2110: stops("exec format error"),
  FL2111: "No task starts: unable to find user, no matching entries in passwd file.",
  FL2112: "The container becomes unhealthy, and a service replaces its tasks for ever.",
  FL2113: stops("no such file or directory, or too many levels of symbolic links"),
  FL2114: notPulled,
  FL2115: "The pull fills the task's disk, and no task starts.",
  FL2116: notPulled,
  FL2117: notPulled,
  FL2118: "ECS may fail to pull it as well: nothing is known of what would run.",
  FL2119: "What runs tomorrow would be nobody's decision.",
};

export function finding(code: ImageCode, problem: string, fix: string, file?: string): Finding {
  return { code, file, problem, consequence: consequences[code], fix };
}

const rebuild = "Push the image again; what the registry holds was damaged or forged.";

/** What mends content that can't be read. */
const fixes: Partial<Record<ImageCode, string>> = {
  FL2114: rebuild,
  FL2115: "Look at what the layer holds: `docker history` tells which instruction made it.",
  FL2116: "Build the layer with docker or BuildKit, which write no such paths.",
  FL2117: "Push it again with a current docker or BuildKit, as an OCI image.",
  FL2118: "Check the reference, the login and the network.",
};

/** What could not be read, as a finding. */
export function findingOf({ code, message }: ImageError): Finding {
  return finding(code, message, fixes[code] ?? "");
}

/** Content that contradicts what describes it. */
export function contradiction(problem: string): Finding {
  return finding("FL2114", problem, rebuild);
}
