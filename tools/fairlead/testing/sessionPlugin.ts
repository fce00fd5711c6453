import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a program that is called as Session Manager's plugin is, and leads each connection with its port to another one of this machine: what AWS's own does
 * with a task. It refuses a call that the plugin would refuse, tells its sessions in the file `sessions` beside it, a line each, and ends by SIGINT.
 *
 * @param folder to be on the PATH
 * @param leadsTo a port of this machine, for that of the task
 */
export function installSessionPlugin(folder: string, leadsTo: Readonly<Record<number, number>>): void {
  mkdirSync(folder, { recursive: true });
  const program = `#!${process.execPath}
const { connect, createServer } = require("node:net");
const [answerFrom, region, operation, profile, request, endpoint] = process.argv.slice(2);
if (answerFrom === "--version") return console.log("1.2.707.0");
const fail = (why) => (console.error(why), process.exit(255));
const { SessionId, StreamUrl, TokenValue } = JSON.parse(process.env[answerFrom] ?? "{}");
if (!SessionId || !StreamUrl || !TokenValue || operation !== "StartSession" || !region || !endpoint) fail("Unknown operation or session");
const { Target, DocumentName, Parameters } = JSON.parse(request);
const port = ${JSON.stringify(leadsTo)}[Parameters.portNumber[0]];
if (!/^ecs:[^_]+_[^_]+_[^_]+$/.test(Target) || port === undefined) fail("Cannot perform start session: EOF, token " + TokenValue);
const server = createServer({ allowHalfOpen: true }, (call) => {
  const there = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  for (const [one, other] of [[call, there], [there, call]]) one.on("error", () => undefined).on("close", () => other.destroy());
  call.pipe(there).pipe(call);
});
server.on("error", (error) => fail(error.message));
server.listen(Number(Parameters.localPortNumber[0]), "127.0.0.1", () => {
  require("node:fs").appendFileSync(${JSON.stringify(join(folder, "sessions"))}, [process.pid, DocumentName, Parameters.portNumber[0]].join(" ") + "\\n");
  console.log("Port " + Parameters.localPortNumber[0] + " opened for sessionId " + SessionId + ".\\nWaiting for connections...");
});
process.on("SIGINT", () => process.exit(0));
`;
  writeFileSync(join(folder, "session-manager-plugin"), program, { mode: 0o755 });
}
