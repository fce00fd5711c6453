import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { dynamic } from "@pulumi/pulumi";

/** What AWS answers, by operation. What has a `__type` is an error of that name. */
export type Answers = Record<string, (input: Record<string, unknown>) => object>;

/** AWS's APIs that speak JSON, as answers say, over HTTP: a provider is led there by the stack's configuration. */
export class ScriptedAws {
  readonly calls: string[] = [];
  /** Operations that are refused as IAM refuses them. */
  refused: string[] = [];
  private readonly server: Server;

  constructor(readonly answers: Answers) {
    this.server = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => (text += part));
      request.on("end", () => {
        const operation = String(request.headers["x-amz-target"]).split(".").at(-1)!;
        this.calls.push(operation);
        const isRefused = this.refused.includes(operation);
        // A signature names the service: Credential=<key>/<day>/<region>/<service>/aws4_request.
        const service = String(request.headers.authorization).split("/")[3];
        const refusal = { __type: "AccessDeniedException", message: `not authorized to perform: ${service}:${operation}` };
        const answer = isRefused ? refusal : this.answers[operation]!(JSON.parse(text) as Record<string, unknown>);
        response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
      });
    });
  }

  /** Listens, and tells a provider of it. */
  async lead({ configure }: dynamic.ResourceProvider): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    await configure!({ config: this.configuration });
  }

  /** The stack's configuration that leads here. */
  get configuration(): dynamic.ConfigureRequest["config"] {
    const address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const values: Record<string, string> = {
      "aws:region": "eu-west-1",
      "aws:accessKey": "k",
      "aws:secretKey": "s",
      "aws:endpoints": JSON.stringify([{ ecs: address, elbv2: address, secretsmanager: address, ssm: address }]),
    };
    return { get: (key: string) => values[key], require: (key: string) => values[key]! };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
