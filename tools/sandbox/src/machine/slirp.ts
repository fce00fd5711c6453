import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { debian, folderOf, type Part } from "../corpus/parts";
import { startDaemon } from "./daemon";
import { debianArchitecture, type DockerEngine } from "./docker";

const slirp: Part = debian("slirp4netns", debianArchitecture);
export const slirpParts = [slirp, ...["libslirp0", "libglib2.0-0", "libseccomp2"].map((name) => debian(name, debianArchitecture))];

/** Asks the machine's own resolver, also where that is on the machine's 127.0.0.53, which no other namespace reaches. */
export const slirpDns = "10.0.2.3";

/**
 * Gives an engine's network namespace a way out, as a user's process: what is sent there leaves by sockets of slirp4netns. Nobody gets in, and the machine's
 * own 127.0.0.1 is not reached.
 *
 * @see https://github.com/rootless-containers/slirp4netns/blob/master/slirp4netns.1.md
 */
export async function startSlirp({ pid, libraries }: DockerEngine, env: NodeJS.ProcessEnv): Promise<void> {
  const program = join(folderOf(slirp), "usr/bin/slirp4netns");
  const LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  // The default route, which is there when all is.
  const isReady = () => Promise.resolve(/^tap0\t00000000\t/m.test(readFileSync(`/proc/${pid}/net/route`, "utf8")));
  await startDaemon("slirp4netns", [program, "--configure", "--mtu=65520", "--disable-host-loopback", String(pid), "tap0"], {
    env: { ...env, LD_LIBRARY_PATH },
    isReady,
  });
}
