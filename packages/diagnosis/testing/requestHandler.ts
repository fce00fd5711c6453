import { HttpResponse, type HttpRequest } from "@smithy/core/protocols";

import { readInput, requestId, Refusal, writeOutput, writeRefusal, type OperationSchema } from "./protocols";
import type { AnsweringAccount } from "./account";
import { services, type ScriptedService } from "./services";

interface Call {
  service: ScriptedService;
  operation: string;
  schema: OperationSchema;
  input: Record<string, unknown>;
}

/** What the SDK's clients send their requests through, instead of a network: a scripted account. */
export class ScriptedRequestHandler {
  constructor(private readonly account: AnsweringAccount) {}

  readonly metadata = { handlerProtocol: "http/1.1" };
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
  destroy(): void {}

  async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { account } = this;
    const call = callOf(request);
    const end = account.begin(call.service, call.operation);
    try {
      await account.clock.sleep(account.latencyMilliseconds);
      const response = this.answer(call);
      if (account.tellsTime) response.headers.date = new Date(account.clock.milliseconds).toUTCString();
      return { response };
    } finally {
      end();
    }
  }

  private answer({ service, operation, schema, input }: Call): HttpResponse {
    try {
      this.account.refuse(service, operation);
      const answer = service.answers[operation];
      if (!answer) throw new Error(`The scripted AWS does not know ${service.action}:${operation}`);
      return response(200, service, writeOutput(service.protocol, schema, answer(input as never, this.account) as Record<string, unknown>));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return response(error.statusCode, service, writeRefusal(service.protocol, error), error.code);
    }
  }
}

function response(statusCode: number, { protocol }: ScriptedService, body: string, code?: string): HttpResponse {
  const type = protocol === "json" ? "application/x-amz-json-1.1" : protocol === "rest" ? "application/json" : "text/xml";
  const headers = { "content-type": type, "x-amzn-requestid": requestId, ...(code ? { "x-amzn-errortype": code } : {}) };
  return new HttpResponse({ statusCode, headers, body: Buffer.from(body) });
}

/** Who is asked is told by the signature's scope: `<date>/<region>/<service>/aws4_request`. */
function callOf(request: HttpRequest): Call {
  const signed = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1];
  const service = services[signed ?? ""];
  if (!service) throw new Error(`The scripted AWS does not know the service ${signed}`);
  const body = textOf(request.body);
  const { operation, path } = operationOf(service, request, body);
  const schema = service.schema(operation);
  if (!schema) throw new Error(`The SDK does not describe ${operation}`);
  return { service, operation, schema, input: readInput(service.protocol, schema, body, path) };
}

function operationOf(service: ScriptedService, request: HttpRequest, body: string): { operation: string; path?: Record<string, string> } {
  if (service.protocol === "json") return { operation: request.headers["x-amz-target"]!.split(".").pop()! };
  if (service.protocol !== "rest") return { operation: new URLSearchParams(body).get("Action")! };
  const [, name] = /^\/schedules\/([^/?]+)/.exec(request.path) ?? [];
  return { operation: "GetSchedule", path: { Name: decodeURIComponent(name ?? "") } };
}

const textOf = (body: unknown): string =>
  body === undefined ? "" : typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array);
