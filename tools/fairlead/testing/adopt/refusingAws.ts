import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const caller =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/me</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>";
const message = "User: arn:aws:iam::123456789012:user/me is not authorized to perform this";

/** An AWS that says who asks, has the cluster of the name that it is given, and denies all else. */
export class RefusingAws {
  private constructor(private readonly server: Server) {}

  /** @param cluster undefined where there is none */
  static async listen(cluster?: string): Promise<RefusingAws> {
    const server = createServer((incoming, outgoing) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += String(chunk)));
      incoming.on("end", () => {
        const target = String(incoming.headers["x-amz-target"] ?? "");
        if (body.includes("Action=GetCallerIdentity")) return void outgoing.end(caller);
        if (cluster !== undefined && target.endsWith(".DescribeClusters"))
          return void outgoing.end(JSON.stringify({ clusters: [{ clusterName: cluster, status: "ACTIVE" }] }));
        if (target !== "") return void outgoing.writeHead(400).end(JSON.stringify({ __type: "AccessDeniedException", message }));
        outgoing.writeHead(403).end(`<ErrorResponse><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new RefusingAws(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
