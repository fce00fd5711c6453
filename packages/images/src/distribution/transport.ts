import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";

/** One request to a registry. */
export interface HttpRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: Buffer | (() => Readable | Promise<Readable>);
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string | undefined>;
  body: Readable;
}

const idleMilliseconds = 30_000;

/** What sends requests. A plan asks no registry: only the first request loads undici. */
async function makeDispatchers() {
  const { EnvHttpProxyAgent, interceptors, request } = await import("undici");
  // Goes through HTTPS_PROXY, but for what NO_PROXY names.
  const once = new EnvHttpProxyAgent({
    headersTimeout: idleMilliseconds,
    bodyTimeout: idleMilliseconds,
    connect: { timeout: idleMilliseconds },
  });
  const retried = once.compose(
    interceptors.retry({
      maxRetries: 3,
      minTimeout: 300,
      timeoutFactor: 3,
      methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
      statusCodes: [429, 500, 502, 503, 504],
      errorCodes: ["ECONNRESET", "ETIMEDOUT", "EPIPE", "EAI_AGAIN", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT"],
      // The last answer is the registry's word, whatever its status.
      throwOnError: false,
    }),
  );
  // A registry sends us to its storage with a signed address; the login stays with the registry.
  const followed = retried.compose(interceptors.redirect({ maxRedirections: 5 }));
  return { once, retried, followed, request };
}
let dispatchers: ReturnType<typeof makeDispatchers> | undefined;

/** Sends a request, follows redirects, and tries again what a moment later may work. A body that is a stream is sent once. */
export async function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const { once, retried, followed, request } = await (dispatchers ??= makeDispatchers());
  const isStream = typeof body === "function";
  const dispatcher: Dispatcher = isStream ? once : method === "GET" || method === "HEAD" ? followed : retried;
  const response = await request(url, { method, headers, body: isStream ? await body() : body, dispatcher });
  return { status: response.statusCode, headers: response.headers as HttpResponse["headers"], body: response.body };
}

/** Reads a body to its end, or to a limit. */
export async function bytesOf(body: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > limit) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
