import { request as overHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as overHttps } from "node:https";

/** One request to AWS's API, read to its end. */
export interface AwsRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** As the signature names it: `ecs`, `ec2`. */
  service: string;
  /** The operation by its name where the protocol gives it, else method and path. */
  operation: string;
}

export interface AwsAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An error of AWS: its code and its message. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { method = "GET", url = "/", headers } = incoming;
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1] ?? "";
  const named =
    String(headers["x-amz-target"] ?? "")
      .split(".")
      .at(-1) || /(?:^|&)Action=([A-Za-z]+)/.exec(body.toString("latin1"))?.[1];
  return { method, url, headers, body, service, operation: named ?? `${method} ${url.split("?")[0]}` };
}

/** Sends a request on, as it came, to what answers in AWS's place. */
export function forward({ method, url, headers, body }: AwsRequest, endpoint: URL): Promise<AwsAnswer> {
  const send = endpoint.protocol === "https:" ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const outgoing = send(endpoint, { method, path: url, headers: { ...headers, "content-length": body.length } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("error", reject)
        .on("end", () => resolve({ status: incoming.statusCode!, headers: incoming.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.on("error", reject).end(body);
  });
}

/** An error as the protocols of JSON have it, whether by their body or by their head. */
export function errorAnswer({ code, message }: { code: string; message: string }): AwsAnswer {
  const { headers, ...answer } = jsonAnswer({ __type: code, message }, 400);
  return { ...answer, headers: { ...headers, "x-amzn-errortype": code } };
}

/** An answer of the protocol that ECS, ECR and CloudWatch Logs speak. */
export function jsonAnswer(document: unknown, status = 200): AwsAnswer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify(document)) };
}

/** An answer of the protocol that Elastic Load Balancing speaks. */
export function xmlAnswer(document: string): AwsAnswer {
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(document) };
}
