import type { Command } from "commander";

import { version } from "../../../../package.json";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("mcp")
    .description(
      "Serve plan, diff, status, doctor, logs and history to agents, over standard input and output, as the Model Context Protocol has it: the same JSON as by --json. It reads alone.",
    )
    .addHelpText(
      "after",
      epilogue(
        'In an agent\'s configuration: { "command": "npx", "args": ["fairlead", "mcp"] }, in the repository\'s folder. Ends with 0 when its input does.',
      ),
    )
    .action(serve);
}

async function serve(): Promise<void> {
  const [{ StdioServerTransport }, { mcpServer }] = await Promise.all([
    import("@modelcontextprotocol/sdk/server/stdio.js"),
    import("../mcp/server"),
  ]);
  await mcpServer(version).connect(new StdioServerTransport());
  await new Promise<void>((ended) => process.stdin.once("end", ended).once("close", ended));
}
