import { statfsSync } from "node:fs";

import { onPath } from "../onPath";
import { root } from "../paths";
import { SandboxError } from "../progress";

const programs = {
  git: "to clone the repository that the sandbox works on",
  openssl: "to make the registry's certificate",
  unshare: "to run apart from the machine's processes and files (util-linux)",
  setpriv: "to end with the command that started it (util-linux)",
  mount: "to give the sandbox a hosts file of its own",
  "apt-get": "to fetch the few Debian packages that base images consist of",
  dpkg: "to unpack them",
};

/**
 * Says all that is missing at once, before anything is started.
 *
 * @param neededGiB of disk, for layers, registries and states
 */
export function checkRequirements(neededGiB: number): void {
  const problems: string[] = [];
  if (process.platform !== "linux") problems.push(`Linux: this is ${process.platform}. BuildKit's own worker runs on Linux alone.`);
  if (process.getuid?.() !== 0) {
    problems.push(
      "root: BuildKit's worker and the private hosts file need it. Run `sudo -E npm run sandbox`, or run it in a container or VM.",
    );
  }
  for (const [program, purpose] of Object.entries(programs)) if (!onPath(program)) problems.push(`${program}, ${purpose}.`);
  const { bavail, bsize } = statfsSync(root);
  const freeGiB = (bavail * bsize) / 1024 ** 3;
  if (freeGiB < neededGiB) problems.push(`${neededGiB} GiB of disk for .sandbox: ${freeGiB.toFixed(1)} GiB are free.`);
  if (problems.length > 0)
    throw new SandboxError(["The sandbox can't run here. It needs:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
}
