import { existsSync, mkdtempSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDaemon } from "../../machine/daemon";

/** Containers' addresses, as those of a VPC. */
export const bridge = { address: "172.30.0.1", cidr: "172.30.0.1/16" };

/** The way from the sandbox's process to its containers, which are in a network namespace of their own. */
export class ContainerNetwork {
  private constructor(private readonly socket: string) {}

  /** @param pid of a process in that namespace */
  static async start(pid: number, env: NodeJS.ProcessEnv): Promise<ContainerNetwork> {
    const socket = join(mkdtempSync(join(env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "fairlead-network-")), "relay.sock");
    const relay = [process.execPath, "--require", require.resolve("@fairlead/transpile/register"), require.resolve("./networkRelay")];
    const command = ["nsenter", `--net=/proc/${pid}/ns/net`, ...relay, socket, bridge.address];
    await startDaemon("container-network", command, { env, isReady: () => Promise.resolve(existsSync(socket)) });
    return new ContainerNetwork(socket);
  }

  /** A connection to a container. Rejects with the kernel's word: `ECONNREFUSED`. */
  connect(host: string, port: number): Promise<Socket> {
    return this.ask(`connect ${host} ${port}`);
  }

  /** What containers can look up; nothing else has an address. */
  async setNames(addresses: Record<string, string[]>): Promise<void> {
    (await this.ask(`names ${JSON.stringify(addresses)}`)).destroy();
  }

  private ask(line: string): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.socket);
      const fail = (code: string) => {
        socket.destroy();
        reject(Object.assign(new Error(code), { code }));
      };
      socket.once("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      socket.once("connect", () => socket.write(`${line}\n`));
      socket.once("close", () => fail("ECONNRESET"));
      const onReadable = () => {
        const bytes: Buffer[] = [];
        for (let byte = socket.read(1) as Buffer | null; byte; byte = socket.read(1) as Buffer | null) {
          if (byte[0] === 10) {
            socket.off("readable", onReadable).removeAllListeners("close").removeAllListeners("error");
            const answer = Buffer.concat(bytes).toString();
            return answer === "ok" ? resolve(socket) : fail(answer);
          }
          bytes.push(byte);
        }
      };
      socket.on("readable", onReadable);
    });
  }
}
