import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

import { callCommand } from "./callCommand";
import { readingTools } from "./tools";

/** A server of the Model Context Protocol: what agents may ask of a repository and of what runs. It reads alone. */
export function mcpServer(version: string, call: typeof callCommand = callCommand): McpServer {
  const server = new McpServer({ name: "fairlead", version });
  for (const [name, { description, input, isOfLines, arguments: argumentsOf }] of Object.entries(readingTools)) {
    const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };
    server.registerTool(name, { description, inputSchema: z.strictObject(input), annotations }, async (given, { signal }) => {
      const { text, notes, isError } = await call(argumentsOf(given), { isOfLines, signal });
      const texts = [text, ...(notes === undefined ? [] : [notes])];
      return { content: texts.map((each) => ({ type: "text" as const, text: each })), isError };
    });
  }
  return server;
}
