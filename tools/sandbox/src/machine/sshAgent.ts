import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** SSH_AGENT_FAILURE, with its length (RFC draft-ietf-sshm-ssh-agent). */
const failure = Buffer.from([0, 0, 0, 1, 5]);

/** An SSH agent that has no keys, for builds that ask for one (`build.ssh`) and don't use it. The machine's own where there is one. */
export async function startSshAgent(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (env.SSH_AUTH_SOCK) return {};
  const socket = join(mkdtempSync(join(env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "agent-")), "socket");
  const server = createServer((connection) =>
    connection.on("data", () => connection.write(failure)).on("error", () => connection.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  server.unref();
  return { SSH_AUTH_SOCK: socket };
}
