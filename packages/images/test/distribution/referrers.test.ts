import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { RegistryClient } from "../../src";

const digest = `sha256:${"a".repeat(64)}`;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url!);
  answer(request, response);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => (asked.length = 0));

const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const referrers = () => new RegistryClient(host()).referrers("api", digest);
const indexType = "application/vnd.oci.image.index.v1+json";
const indexOf = (...letters: string[]) =>
  JSON.stringify({
    ...{ schemaVersion: 2, mediaType: indexType },
    manifests: letters.map((letter) => ({ mediaType: "x", digest: `sha256:${letter.repeat(64)}`, size: 1 })),
  });
const letters = async () => (await referrers()).map((each) => each.digest[7]);

test("are listed in parts, each at the address that the part before it names", async () => {
  answer = ({ url }, response) => {
    if (!url!.includes("next")) response.setHeader("link", `</v2/api/referrers/${digest}?next=2>; rel="next"`);
    response.setHeader("content-type", indexType).end(url!.includes("next") ? indexOf("c") : indexOf("b"));
  };
  expect(await letters()).toEqual(["b", "c"]);
});

test("of a list without end are the first ten parts", async () => {
  answer = (_, response) =>
    response.setHeader("link", `</v2/api/referrers/${digest}>; rel=next`).setHeader("content-type", indexType).end(indexOf("b"));
  expect(await letters()).toHaveLength(10);
});

test("are not asked for elsewhere, where the login has no business", async () => {
  answer = (_, response) =>
    response.setHeader("link", '<http://127.0.0.2:1/steal>; rel="next"').setHeader("content-type", indexType).end(indexOf("b"));
  expect(await letters()).toEqual(["b"]);
  expect(asked).toHaveLength(1);
});

test("are under a tag where the registry has no list, and none where there is no tag", async () => {
  let tagged = true;
  answer = ({ url }, response) =>
    tagged && url!.endsWith(`/manifests/${digest.replace(":", "-")}`)
      ? response.setHeader("content-type", indexType).end(indexOf("d"))
      : response.writeHead(404).end();
  expect(await letters()).toEqual(["d"]);
  tagged = false;
  expect(await letters()).toEqual([]);
});

test.each([
  ["[]", /FL2117/],
  [JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: 1 }), /FL2117/],
  [JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: Array(1001).fill({}) }), /FL2115/],
])("that are none are told: %s", async (body, expected) => {
  answer = (_, response) => response.setHeader("content-type", indexType).end(body);
  await expect(referrers()).rejects.toThrow(expected);
});
