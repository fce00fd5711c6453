import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { holdTunnel } from "@fairlead/operations";

import { CallTunnel } from "../src/local/deployed/callTunnel";
import { installSessionPlugin } from "../testing/sessionPlugin";

let folder: string, service: Server, tunnel: CallTunnel;
const path = process.env.PATH;
const socket = () => join(folder, "socket");
/** Those that the plugin told: the ids of their processes. */
const sessions = () =>
  readFileSync(join(folder, "sessions"), "utf8")
    .trim()
    .split("\n")
    .map((line) => Number(line.split(" ")[0]));

const pluginArguments = (localPort: number, port = "3000") => ({
  args: [
    ...["ANSWER", "eu-west-1", "StartSession", ""],
    JSON.stringify({
      Target: "ecs:shop_api0_api0-1",
      DocumentName: "d",
      Parameters: { portNumber: [port], localPortNumber: [String(localPort)] },
    }),
    "https://ssm.eu-west-1.amazonaws.com",
  ],
  environment: { ANSWER: JSON.stringify({ SessionId: "s", StreamUrl: "u", TokenValue: "planted-token" }) } as Record<string, string>,
});

/** Says all, and waits for all that the other side says. */
async function call(text: string): Promise<string> {
  const made = connect({ path: socket(), allowHalfOpen: true });
  let answer = "";
  made.setEncoding("utf8").on("data", (part: string) => (answer += part));
  made.end(text);
  await once(made, "close");
  return answer;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-tunnel-"));
  // It answers who has said all.
  service = createServer({ allowHalfOpen: true }, (made) => {
    let said = "";
    made.on("data", (part: Buffer) => (said += part.toString())).on("end", () => made.end(`dev heard ${said}`));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  installSessionPlugin(folder, { 3000: (service.address() as AddressInfo).port });
  process.env.PATH = `${folder}${delimiter}${path}`;
  tunnel = new CallTunnel("api of dev", (localPort) => holdTunnel(pluginArguments(localPort), localPort));
});
afterEach(async () => {
  await tunnel.close();
  service.close();
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

test("calls reach the service, and a session that has ended is opened again by the next call", async () => {
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  await tunnel.start({ path: socket() });
  expect(await Promise.all(["one", "two"].map(call))).toEqual(["dev heard one", "dev heard two"]);
  const [first] = sessions();
  process.kill(first!, "SIGKILL");
  while (isThere(first!)) await new Promise((resolve) => setImmediate(resolve));
  // However the end is noticed: who calls then may meet it.
  let answers: string[];
  do answers = await Promise.all(["three", "four"].map(call));
  while (answers.includes(""));
  expect(answers).toEqual(["dev heard three", "dev heard four"]);
  expect(sessions()).toHaveLength(2);
  expect(said.mock.calls.map(([text]) => text)).toEqual(["The session with api of dev has ended: opening another.\n"]);
  said.mockRestore();
});

test("its end ends the session and whatever is called", async () => {
  await tunnel.start({ path: socket() });
  const [session] = sessions();
  await tunnel.close();
  expect(isThere(session!)).toBe(false);
  await expect(call("one")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});

test("what the plugin says where it opens nothing is said, and no token", async () => {
  const refused = holdTunnel(pluginArguments(1, "9999"), 1);
  await expect(refused).rejects.toThrow(/^session-manager-plugin opened no tunnel: Cannot perform start session: EOF, token \[token\]$/);
  const old = holdTunnel({ ...pluginArguments(1), environment: {} }, 1);
  await expect(old).rejects.toThrow("session-manager-plugin opened no tunnel: Unknown operation or session");
});

function isThere(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
