import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpRequest } from "@smithy/core/protocols";

import { ScriptedRequestHandler } from "./requestHandler";
import type { ScriptedAccount } from "./scriptedAccount";

/**
 * A scripted account at an address of this machine, for what makes its clients itself: AWS_ENDPOINT_URL names the address.
 *
 * @example
 * ```ts
 * const server = await ScriptedServer.listen(account);
 * process.env.AWS_ENDPOINT_URL = server.url;
 * ```
 */
export class ScriptedServer {
  private constructor(private readonly server: Server) {}

  static async listen(account: ScriptedAccount): Promise<ScriptedServer> {
    const handler = new ScriptedRequestHandler(account);
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const { method = "POST", url = "/", headers } = incoming;
        const request = new HttpRequest({
          ...{ method, path: url.split("?")[0]!, headers: headers as Record<string, string> },
          body: Buffer.concat(chunks).toString(),
        });
        handler.handle(request).then(
          ({ response }) => outgoing.writeHead(response.statusCode, response.headers).end(response.body as Buffer),
          (error: Error) => outgoing.writeHead(500).end(error.message),
        );
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new ScriptedServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
