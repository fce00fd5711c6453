import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";

/** One request to a registry. */
export interface HttpRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: Buffer | (() => Readable | Promise<Readable>);
}

export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: IncomingMessage;
}

const idleMilliseconds = 30_000;
const attempts = 4;
const redirects = 5;
const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** Sends a request, follows redirects, and tries again what a moment later may work. A body that is a stream is sent once. */
export async function send(request: HttpRequest): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === attempts || typeof request.body === "function";
    try {
      const response = await follow(request);
      if (last || (response.status !== 429 && response.status < 500)) return response;
      response.body.resume();
    } catch (error) {
      if (last || !isTransient(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 3 ** attempt * (0.5 + Math.random())));
  }
}

async function follow(request: HttpRequest): Promise<HttpResponse> {
  let { url, headers } = request;
  for (let count = 0; count <= redirects; count++) {
    const response = await sendOnce({ ...request, url, headers });
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.status) || !location || !["GET", "HEAD"].includes(request.method)) return response;
    response.body.resume();
    const next = new URL(location, url);
    // A registry sends us to its storage with a signed address. The login is for the registry alone.
    if (next.host !== new URL(url).host)
      headers = Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== "authorization"));
    url = next.href;
  }
  throw new Error(`more than ${redirects} redirects`);
}

async function sendOnce({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const stream = typeof body === "function" ? await body() : undefined;
  return new Promise((resolve, reject) => {
    const secure = url.startsWith("https:");
    const outgoing = (secure ? https : http).request(url, { method, headers, agent: secure ? agents.https : agents.http });
    outgoing.setTimeout(idleMilliseconds, () =>
      outgoing.destroy(Object.assign(new Error(`no answer for ${idleMilliseconds / 1000} s`), { code: "ETIMEDOUT" })),
    );
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      incoming.setTimeout(idleMilliseconds, () => incoming.destroy(new Error(`no data for ${idleMilliseconds / 1000} s`)));
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming });
    });
    if (stream) stream.on("error", (error) => outgoing.destroy(error)).pipe(outgoing);
    else outgoing.end(body);
  });
}

function isTransient(error: unknown): boolean {
  return ["ECONNRESET", "ETIMEDOUT", "EPIPE", "EAI_AGAIN"].includes((error as NodeJS.ErrnoException).code ?? "");
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
