import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";

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

test("a tool is the command of its name, with --json", async () => {
  const { agent, calls } = await connected();
  const ask = (name: string, input: object) => agent.callTool({ name, arguments: { stack: "dev", ...input } });
  await ask("plan", { services: ["api"] });
  await ask("diff", { base: "HEAD~1" });
  await ask("status", {});
  await ask("doctor", { services: ["api"] });
  await ask("logs", { services: ["api"], since: "1h", grep: "--follow" });
  await ask("history", {});
  expect(calls).toEqual([
    ["preview", "dev", "--json", "--service=api"],
    ["diff", "dev", "--json", "--base=HEAD~1"],
    ["status", "--stack=dev", "--json"],
    ["doctor", "--stack=dev", "--json", "api"],
    ["logs", "--stack=dev", "--json", "--since=1h", "--grep=--follow", "api"],
    ["history", "--stack=dev", "--json"],
  ]);
});

test("no input becomes an option of the command, and what fails is told as such", async () => {
  const { agent, calls } = await connected({ text: 'There is no stack "x".', isError: true });
  for (const input of [{ stack: "--html=x" }, { stack: "dev", services: ["--watch"] }, { stack: "dev", base: "--output=x" }]) {
    const { isError } = await agent.callTool({ name: "base" in input ? "diff" : "status", arguments: input });
    expect(isError).toBe(true);
  }
  expect(calls).toEqual([]);
  const answer = await agent.callTool({ name: "status", arguments: { stack: "x" } });
  expect(answer).toMatchObject({ isError: true, content: [{ type: "text", text: 'There is no stack "x".' }] });
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
