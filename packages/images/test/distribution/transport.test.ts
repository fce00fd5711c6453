import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

import { bytesOf, send } from "../../src/distribution/transport";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A server that answers as it is told, and the address that it has. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const textOf = async ({ body }: { body: Readable }) => (await bytesOf(body, 1000))?.toString();

test("what a moment later may work is asked again", async () => {
  let asked = 0;
  const url = await serve((_, response) => response.writeHead(++asked < 3 ? 503 : 200).end("there"));
  const response = await send({ method: "GET", url });
  expect([response.status, await textOf(response), asked]).toEqual([200, "there", 3]);
});

test("the last answer of a registry that stays broken is handed on, and a clear no is asked once", async () => {
  let asked = 0;
  const broken = await serve((_, response) => response.writeHead((asked++, 503)).end("down"));
  const response = await send({ method: "GET", url: broken });
  expect([response.status, await textOf(response), asked]).toEqual([503, "down", 4]);
  asked = 0;
  const closed = await serve((_, response) => response.writeHead((asked++, 403)).end());
  expect([(await send({ method: "GET", url: closed })).status, asked]).toEqual([403, 1]);
});

test("a login does not follow to another host, and stays where the host is the same", async () => {
  const seen: (string | undefined)[] = [];
  const storage = await serve(({ headers }, response) => response.end((seen.push(headers.authorization), "blob")));
  const registry = await serve(({ url, headers }, response) => {
    seen.push(headers.authorization);
    response.writeHead(307, { location: url === "/own" ? "/there" : `${storage}/signed` }).end();
  });
  const headers = { authorization: "Basic planted" };
  expect(await textOf(await send({ method: "GET", url: `${registry}/own`, headers }))).toBe("blob");
  expect(seen).toEqual(["Basic planted", "Basic planted", undefined]);
});

test("redirects without end end: with the last of them, or an error where they lead in a circle", async () => {
  let asked = 0;
  const far = await serve((_, response) => response.writeHead(302, { location: `/${asked++}` }).end());
  expect([(await send({ method: "GET", url: far })).status, asked]).toEqual([302, 6]);
  const circle = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
  await expect(send({ method: "GET", url: circle })).rejects.toThrow(/Redirect loop/);
});

test("a body that is a stream is sent once", async () => {
  let asked = 0;
  const url = await serve((request, response) => {
    asked++;
    request.resume().on("end", () => response.writeHead(503).end());
  });
  expect((await send({ method: "PUT", url, body: () => Readable.from([Buffer.from("layer")]) })).status).toBe(503);
  expect(asked).toBe(1);
});

test("nobody there is an error with its code", async () => {
  const url = await serve(() => undefined);
  servers.splice(0).forEach((server) => server.close());
  await expect(send({ method: "GET", url })).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
