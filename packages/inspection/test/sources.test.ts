import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageError } from "@fairlead/images";

import { inspectImage } from "../src/inspectImage";
import { VerdictCache } from "../src/verdictCache";
import { digestOf, elf, file, gzipLayer, layerTar, layoutOf, TestLayout, type TestLayer } from "../testing/testImage";

const app = file("app", elf());
const config = { Cmd: ["/app"] };

/** Zstandard with blocks that are not compressed: a real frame all the same. */
function zstd(content: Buffer): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 5);
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += 65_536) {
    const part = content.subarray(at, at + 65_536);
    const word = (part.length << 3) | (at + 65_536 >= content.length ? 1 : 0);
    blocks.push(Buffer.from([word & 255, (word >> 8) & 255, word >> 16]), part);
  }
  return Buffer.concat([header, ...blocks]);
}

test("an index in an index, a variant, attestations and a layer in zstd are read", async () => {
  const layout = new TestLayout();
  const tar = await layerTar([app]);
  const layer: TestLayer = { bytes: zstd(tar), mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", diffId: digestOf(tar) };
  const arm = layout.image([await gzipLayer([file("app", elf({ machine: 183 }))])], config, "arm64");
  const amd = layout.image([layer], config);
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const inner = layout.putJson({ schemaVersion: 2, mediaType, manifests: [{ ...amd, platform: { os: "linux", architecture: "amd64" } }] });
  const attestation = {
    ...amd,
    platform: { os: "unknown", architecture: "unknown" },
    annotations: { "vnd.docker.reference.type": "attestation-manifest" },
  };
  layout.index([{ mediaType, ...inner }, { ...arm, platform: { os: "linux", architecture: "arm64", variant: "v8" } }, attestation]);
  const report = await inspectImage(layout.path, { cache: false });
  expect(report.platforms.map(({ platform, findings }) => [platform, findings])).toEqual([
    ["linux/amd64", []],
    ["linux/arm64", []],
  ]);
});

test("a platform that an image lacks is told with those that it has, and what ECS would say", async () => {
  const path = await layoutOf([[app]], config);
  const [amd, arm] = (await inspectImage(path, { platforms: ["linux/arm64", "linux/amd64"], cache: false })).platforms;
  expect(amd!.findings).toEqual([]);
  expect(arm!.findings).toEqual([
    {
      code: "FL2101",
      certainty: "dies",
      problem: "the image has no linux/arm64: it has linux/amd64",
      consequence: expect.stringMatching(/CannotPullContainerError/),
      fix: expect.stringMatching(/--platform linux\/amd64,linux\/arm64/),
    },
  ]);
});

test("docker save's files are read, old and new", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-save-"));
  const layer = await layerTar([app]);
  const image = Buffer.from(JSON.stringify({ os: "linux", architecture: "amd64", config, rootfs: { diff_ids: [digestOf(layer)] } }));
  const manifest = JSON.stringify([{ Config: "c.json", Layers: ["l/layer.tar"], RepoTags: ["app:1"] }]);
  const old = join(folder, "old.tar");
  writeFileSync(old, await layerTar([file("c.json", image), file("l/layer.tar", layer), file("manifest.json", manifest)]));
  const layout = new TestLayout();
  const stored = layout.image([await gzipLayer([file("app", "")])], config);
  layout.index([stored]);
  const parts = [stored.digest, ...Object.values(partsOf(layout, stored.digest))];
  const blobs = parts.map((digest) =>
    file(`blobs/${digest.replace(":", "/")}`, readFileSync(join(layout.path, "blobs", digest.replace(":", "/")))),
  );
  const current = join(folder, "current.tar");
  writeFileSync(current, await layerTar([...blobs, file("index.json", readFileSync(join(layout.path, "index.json")))]));
  const codes = async (path: string) =>
    (await inspectImage(path, { cache: false })).platforms.map(({ platform, findings }) => [platform, ...findings.map(({ code }) => code)]);
  expect(await codes(old)).toEqual([["linux/amd64"]]);
  expect(await codes(current)).toEqual([["linux/amd64", "FL2110"]]);
});

function partsOf(layout: TestLayout, digest: string): string[] {
  const manifest = JSON.parse(readFileSync(join(layout.path, "blobs", digest.replace(":", "/")), "utf8"));
  return [manifest.config.digest, ...manifest.layers.map((layer: { digest: string }) => layer.digest)];
}

describe("a registry", () => {
  let server: Server;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let host: string;
  let requests: IncomingMessage[];
  let layout: TestLayout;
  let image: { digest: string; size: number; mediaType: string };

  const serve: typeof handle = (request, response) => {
    const digest = /(sha256:[0-9a-f]{64})$/.exec(request.url!)?.[1] ?? image.digest;
    if (request.url!.includes("/manifests/")) response.setHeader("content-type", image.mediaType);
    response.end(readFileSync(join(layout.path, "blobs", digest.replace(":", "/"))));
  };

  beforeEach(async () => {
    layout = new TestLayout();
    image = layout.image([await gzipLayer([app])], config);
    requests = [];
    handle = serve;
    server = createServer((request, response) => {
      requests.push(request);
      handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const codesOf = async (options: Parameters<typeof inspectImage>[1] = {}) =>
    (await inspectImage(`${host}/shop/app:1`, { cache: false, ...options })).platforms.flatMap(({ findings }) =>
      findings.map(({ code }) => code),
    );

  test("is read", async () => expect(await codesOf()).toEqual([]));

  test("gets the login as it asks for it, and its storage does not get it", async () => {
    const storage = createServer((request, response) => {
      requests.push(request);
      serve(request, response);
    });
    await new Promise<void>((resolve) => storage.listen(0, "127.0.0.1", resolve));
    const storageHost = `127.0.0.1:${(storage.address() as AddressInfo).port}`;
    handle = (request, response) => {
      if (request.headers.authorization !== `Basic ${Buffer.from("AWS:planted-secret").toString("base64")}`) {
        response.writeHead(401, { "www-authenticate": 'Basic realm="ecr"' }).end();
      } else if (request.url!.includes("/blobs/")) response.writeHead(307, { location: `http://${storageHost}${request.url}` }).end();
      else serve(request, response);
    };
    expect(await codesOf({ login: { username: "AWS", password: "planted-secret" } })).toEqual([]);
    const toStorage = requests.filter(({ headers }) => headers.host === storageHost);
    expect(toStorage.length).toBeGreaterThan(0);
    expect(toStorage.filter(({ headers }) => headers.authorization)).toEqual([]);
    storage.closeAllConnections();
    storage.close();
  });

  test("that wants a token gets one", async () => {
    handle = (request, response) => {
      if (request.url!.startsWith("/token"))
        response.end(JSON.stringify({ token: new URL(request.url!, "http://x").searchParams.get("scope") }));
      else if (request.headers.authorization !== "Bearer repository:shop/app:pull")
        response.writeHead(401, { "www-authenticate": `Bearer realm="http://${host}/token",service="x"` }).end();
      else serve(request, response);
    };
    expect(await codesOf()).toEqual([]);
  });

  test("that is busy is asked again", async () => {
    let refused = 0;
    handle = (request, response) => (refused++ < 2 ? void response.writeHead(429).end() : serve(request, response));
    expect(await codesOf()).toEqual([]);
  });

  test("that refuses the login says so without it", async () => {
    handle = (_request, response) => void response.writeHead(401, { "www-authenticate": "Basic" }).end('{"errors":[{"message":"denied"}]}');
    const error = await codesOf({ login: { username: "AWS", password: "planted-secret" } }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImageError);
    expect((error as ImageError).message).toContain("the login is refused: denied");
    expect((error as ImageError).message).not.toContain("planted-secret");
  });

  test("whose login can't be had is told by name, with the reason", async () => {
    const before = process.env.DOCKER_CONFIG;
    process.env.DOCKER_CONFIG = mkdtempSync(join(tmpdir(), "fairlead-docker-"));
    writeFileSync(join(process.env.DOCKER_CONFIG, "config.json"), "{");
    handle = (_request, response) => void response.writeHead(401, { "www-authenticate": "Basic" }).end();
    const error = await codesOf().catch((reason: unknown) => reason as ImageError);
    if (before === undefined) delete process.env.DOCKER_CONFIG;
    else process.env.DOCKER_CONFIG = before;
    expect(error).toMatchObject({ code: "FL2124", message: expect.stringContaining(`no login for ${host}: `) });
  });

  test.each<[string, string, (response: ServerResponse, bytes: Buffer) => void]>([
    ["sends other bytes", "FL2114", (response, bytes) => response.end(Buffer.concat([bytes.subarray(0, -1), Buffer.from("x")]))],
    ["sends more and more", "FL2114", (response, bytes) => response.end(Buffer.concat([bytes, Buffer.alloc(1 << 20)]))],
    ["sends less", "FL2121", (response, bytes) => response.end(bytes.subarray(0, 20))],
    [
      "hangs up",
      "FL2121",
      (response, bytes) =>
        void (response.writeHead(200, { "content-length": bytes.length }), response.write(bytes.subarray(0, 20), () => response.destroy())),
    ],
  ])("that %s is found out: %s", async (_title, code, answer) => {
    const [, layer] = partsOf(layout, image.digest);
    handle = (request, response) =>
      request.url!.endsWith(layer!)
        ? answer(response, readFileSync(join(layout.path, "blobs", layer!.replace(":", "/"))))
        : serve(request, response);
    expect(await codesOf()).toEqual([code]);
  });

  test("that sends the beginning of a large layer damaged is found out by what follows", async () => {
    const large = await gzipLayer([app, file("data", randomBytes(4 * 1024 ** 2))]);
    image = layout.image([large], config);
    const [, layer] = partsOf(layout, image.digest);
    const damaged = Buffer.concat([large.bytes.subarray(0, 20), Buffer.alloc(1000), large.bytes.subarray(1020)]);
    handle = (request, response) => (request.url!.endsWith(layer!) ? void response.end(damaged) : serve(request, response));
    expect(await codesOf()).toEqual(["FL2114"]);
  });

  test("that hangs up once is asked again", async () => {
    const [, layer] = partsOf(layout, image.digest);
    let cut = 0;
    handle = (request, response) =>
      request.url!.endsWith(layer!) && cut++ === 0
        ? void (response.writeHead(200, { "content-length": 1000 }), response.write("x", () => response.destroy()))
        : serve(request, response);
    expect(await codesOf()).toEqual([]);
  });

  test("that is not there is told by name", async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(codesOf()).rejects.toMatchObject({ code: "FL2118", message: expect.stringContaining(host) });
    const { message } = (await codesOf().catch((error: unknown) => error)) as Error;
    expect(message.match(/ECONNREFUSED/g)).toHaveLength(1);
  });

  test("is asked again for what came damaged", async () => {
    const cache = new VerdictCache(mkdtempSync(join(tmpdir(), "fairlead-cache-")));
    const [, layer] = partsOf(layout, image.digest);
    handle = (request, response) => (request.url!.endsWith(layer!) ? void response.end("damaged") : serve(request, response));
    expect(await codesOf({ cache })).toEqual(["FL2121"]);
    handle = serve;
    expect(await codesOf({ cache })).toEqual([]);
  });

  test("is not asked again for a digest that was inspected, but for another command", async () => {
    const cache = new VerdictCache(mkdtempSync(join(tmpdir(), "fairlead-cache-")));
    const reference = `${host}/shop/app@${image.digest}`;
    const first = await inspectImage(reference, { cache });
    const asked = requests.length;
    expect(await inspectImage(reference, { cache })).toEqual(first);
    expect(requests).toHaveLength(asked);
    const other = await inspectImage(reference, { cache, run: { command: ["/missing"] } });
    expect(other.platforms[0]!.findings.map(({ code }) => code)).toEqual(["FL2104"]);
  });
});
