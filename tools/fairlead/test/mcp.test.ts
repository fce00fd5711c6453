import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";

import { callCommand } from "../src/mcp/callCommand";
import { mcpServer } from "../src/mcp/server";
import { root } from "../testing/components";
import { FixtureRepository } from "../testing/fixtureRepository";

const program = join(root, "tools/fairlead/bin/fairlead.js");

async function connected(answer = { text: "{}", isError: false }) {
  const calls: (readonly string[])[] = [];
  const [client, server] = InMemoryTransport.createLinkedPair();
  await mcpServer("0.0.0", (args) => (calls.push(args), Promise.resolve(answer))).connect(server);
  const agent = new Client({ name: "test", version: "0.0.0" });
  await agent.connect(client);
  return { agent, calls };
}

test("an agent is offered what reads, and nothing else", async () => {
  const { agent } = await connected();
  const { tools } = await agent.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(["diff", "doctor", "history", "logs", "plan", "status"]);
  for (const { annotations, description } of tools) expect([annotations?.readOnlyHint, Boolean(description)]).toEqual([true, true]);
});

test("a tool is the command of its name, as JSON", async () => {
  const { agent, calls } = await connected();
  const ask = (name: string, input: object) => agent.callTool({ name, arguments: { stack: "dev", ...input } });
  await ask("plan", { services: ["api"] });
  await ask("diff", { base: "HEAD~1", services: ["api"] });
  await ask("status", {});
  await ask("doctor", { services: ["api"] });
  await ask("logs", { services: ["api"], since: "1h", grep: "--follow" });
  await ask("history", { last: 3 });
  await ask("doctor", {});
  expect(calls).toEqual([
    ["preview", "dev", "--json", "--service=api"],
    ["diff", "dev", "--summary", "--base=HEAD~1", "--service=api"],
    ["status", "--stack=dev", "--json"],
    ["doctor", "--stack=dev", "--json", "api"],
    ["logs", "--stack=dev", "--json", "--since=1h", "--grep=--follow", "api"],
    ["history", "--stack=dev", "--json", "--last=3"],
    ["doctor", "--stack=dev", "--json"],
  ]);
});

test("no input becomes an option of the command, and what fails is told as such", async () => {
  const { agent, calls } = await connected({ text: 'There is no stack "x".', isError: true });
  for (const input of [
    { stack: "--html=x" },
    { stack: "dev", service: ["api"] },
    { stack: "dev", services: ["--watch"] },
    { stack: "dev", base: "--output=x" },
  ]) {
    const { isError } = await agent.callTool({ name: "base" in input ? "diff" : "status", arguments: input });
    expect(isError).toBe(true);
  }
  expect(calls).toEqual([]);
  const answer = await agent.callTool({ name: "status", arguments: { stack: "x" } });
  expect(answer).toMatchObject({ isError: true, content: [{ type: "text", text: 'There is no stack "x".' }] });
});

const folder = mkdtempSync(join(tmpdir(), "fairlead-mcp-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** What is answered where the command is this script. */
async function answered(script: string, isOfLines?: boolean) {
  const file = join(folder, "command.cjs");
  writeFileSync(file, script);
  return callCommand([], { program: file, isOfLines });
}

test("the answer is standard output alone; what stands beside it is told apart", async () => {
  const says = (text: string, code: number) =>
    `console.error("reading…"); console.log(${JSON.stringify(text)}); process.exitCode = ${code};`;
  expect(await answered(says('{"a":1}', 0))).toEqual({ text: '{"a":1}', notes: "reading…", isError: false });
  expect(await answered(says('{"a":1}', 1))).toEqual({ text: '{"a":1}', notes: "reading…", isError: false });
  expect(await answered(`console.error("There is no stack"); process.exitCode = 1;`)).toEqual({ text: "There is no stack", isError: true });
  expect(await answered("process.exitCode = 3;")).toEqual({ text: "It ended with exit code 3.", isError: true });
  // A character may lie across two chunks.
  expect(
    await answered(`process.stdout.write(Buffer.from([0xe2])); setTimeout(() => process.stdout.write(Buffer.from([0x9c, 0x93])), 50)`),
  ).toEqual({
    text: "✓",
    isError: false,
  });
});

test("of lines that are too many the newest are answered, whole; a document that is too long is no answer", async () => {
  const script = `for (let line = 0; line < 9000; line++) console.log(JSON.stringify({ line, text: "x".repeat(30) }));`;
  const { text, notes, isError } = await answered(script, true);
  const lines = text.split("\n").map((line) => (JSON.parse(line) as { line: number }).line);
  expect([isError, lines.at(-1), lines[0]! > 0, text.length <= 200_000]).toEqual([false, 8999, true, true]);
  expect(notes).toMatch(/^\d+ characters before this are left out\.$/);
  expect(await answered(script)).toEqual({ text: expect.stringMatching(/more than 200000: name services\.$/) as string, isError: true });
});

test("over standard input and output it answers with the same JSON as the command", async () => {
  const repository = new FixtureRepository();
  try {
    const env = { ...process.env } as Record<string, string>;
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [program, "mcp"],
      cwd: repository.folder,
      env,
      stderr: "pipe",
    });
    const agent = new Client({ name: "test", version: "0.0.0" });
    await agent.connect(transport);
    const { content } = await agent.callTool({ name: "plan", arguments: { stack: "dev", services: ["web"] } });
    await agent.close();
    const args = [program, "preview", "dev", "--json", "--service", "web"];
    const { stdout } = spawnSync(process.execPath, args, { cwd: repository.folder, encoding: "utf8" });
    expect(JSON.parse((content as { text: string }[])[0]!.text)).toEqual(JSON.parse(stdout));
  } finally {
    repository.remove();
  }
});
