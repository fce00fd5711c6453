import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** As much of AWS as `fairlead smoke` asks by itself: who this is, and what has a tag. */
export class FakeAws {
  /** ARNs that have the tag. */
  tagged: string[] = [];
  /** Whether it knows the credentials. */
  knows = true;
  private readonly server: Server = createServer((request, response) => {
    request.resume().on("end", () => {
      if (request.headers["x-amz-target"]) {
        response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ ResourceTagMappingList: this.tagged.map((ResourceARN) => ({ ResourceARN })) }));
        return;
      }
      response.writeHead(this.knows ? 200 : 403, { "content-type": "text/xml" });
      const result = "<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>";
      const error = "<Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error>";
      response.end(
        this.knows
          ? `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</GetCallerIdentityResponse>`
          : `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}</ErrorResponse>`,
      );
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}
