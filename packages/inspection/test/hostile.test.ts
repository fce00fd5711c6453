import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ImageError } from "@fairlead/images";

import { inspectImage } from "../src/inspectImage";
import { limits } from "../src/limits";
import { digestOf, elf, file, gzipLayer, layerTar, layoutOf, link, TestLayout, type Entry, type TestLayer } from "../testing/testImage";

const app = file("app", elf());
const config = { Cmd: ["/app"] };

const findingsOf = async (path: string) => (await inspectImage(path, { platforms: ["linux/amd64"], cache: false })).platforms[0]!.findings;
const codesOf = async (path: string) => (await findingsOf(path)).map(({ code }) => code);

async function withLayer(change: (layer: TestLayer) => Partial<TestLayer>, entries: Entry[] = [app]): Promise<string> {
  const layer = await gzipLayer(entries);
  const layout = new TestLayout();
  return layout.index([layout.image([{ ...layer, ...change(layer) }], config)]).path;
}

async function errorOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ImageError);
  return (error as ImageError).code;
}

test.each(["../../etc/passwd", "a/../../b", "/../x"])("a layer with the path %s is refused", async (name) => {
  expect(await codesOf(await layoutOf([[app, file(name, "x")]], config))).toEqual(["FL2116"]);
});

test("so is a hard link that leads out", async () => {
  expect(await codesOf(await layoutOf([[app, { name: "x", hardLink: "../../etc/shadow" }]], config))).toEqual(["FL2116"]);
});

test("folders that are links to each other end", async () => {
  expect(await codesOf(await layoutOf([[app, link("a", "b"), link("b", "a")], [file("a/x", "1")]], config))).toEqual([]);
});

test("ten gigabytes of nothing are refused after one, in little memory", async () => {
  // Gzip members one after the other: one of 64 MiB of zeros, and 160 times the same.
  const tar = await layerTar([app]);
  const zeros = gzipSync(Buffer.alloc(64 * 1024 ** 2));
  const header = (await layerTar([file("zeros", "")])).subarray(0, 512);
  header.write((10 * 1024 ** 3).toString(8).padStart(11, "0"), 124, "latin1");
  header.write("        ", 148, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  const bytes = Buffer.concat([gzipSync(Buffer.concat([tar.subarray(0, 1024), header])), ...Array<Buffer>(160).fill(zeros)]);
  const before = process.memoryUsage().rss;
  const [finding] = await findingsOf(await withLayer(() => ({ bytes })));
  expect(finding).toMatchObject({ code: "FL2115" });
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
});

test("more files than any image has are refused", async () => {
  const before = limits.files;
  limits.files = 3;
  const path = await layoutOf([[app, file("a/b/c/d", "x")]], config);
  expect(await codesOf(path).finally(() => (limits.files = before))).toEqual(["FL2115"]);
});

test.each<[string, string, (layer: TestLayer) => Partial<TestLayer>]>([
  ["an archive that is cut off", "FL2122", ({ bytes }) => ({ bytes: bytes.subarray(0, bytes.length / 2) })],
  ["no gzip", "FL2122", () => ({ bytes: Buffer.from("hello") })],
  ["no gzip from its first megabyte on", "FL2122", () => ({ bytes: Buffer.alloc(4 * 1024 * 1024, "hello") })],
  ["no tar", "FL2122", () => ({ bytes: gzipSync("hello".repeat(1000)) })],
  ["of another content than the config says", "FL2114", () => ({ diffId: digestOf(Buffer.from("x")) })],
  ["encrypted", "FL2117", () => ({ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip+encrypted" })],
  ["of no known kind", "FL2117", () => ({ mediaType: "application/octet-stream" })],
])("a layer that is %s is %s", async (_title, code, change) => {
  expect(await codesOf(await withLayer(change))).toEqual([code]);
});

function edited(
  path: string,
  change: (layout: { manifest: { layers: { size: number }[] }; write: (value: unknown) => void }) => void,
): string {
  const index = JSON.parse(readFileSync(join(path, "index.json"), "utf8"));
  const blob = join(path, "blobs", index.manifests[0].digest.replace(":", "/"));
  change({
    manifest: JSON.parse(readFileSync(blob, "utf8")),
    write: (value) => {
      const bytes = Buffer.from(JSON.stringify(value));
      writeFileSync(join(path, "blobs", digestOf(bytes).replace(":", "/")), bytes);
      index.manifests[0] = { ...index.manifests[0], digest: digestOf(bytes), size: bytes.length };
      writeFileSync(join(path, "index.json"), JSON.stringify(index));
    },
  });
  return path;
}

test("a blob that is not what its digest says is refused", async () => {
  const path = await layoutOf([[app]], config);
  const index = JSON.parse(readFileSync(join(path, "index.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(path, "blobs", index.manifests[0].digest.replace(":", "/")), "utf8"));
  const other = await gzipLayer([file("app", "#!/bin/evil")]);
  writeFileSync(join(path, "blobs", manifest.layers[0].digest.replace(":", "/")), other.bytes);
  expect(await codesOf(path)).toEqual(["FL2114"]);
  writeFileSync(join(path, "blobs", index.manifests[0].digest.replace(":", "/")), "{}");
  expect(await errorOf(inspectImage(path, { cache: false }))).toBe("FL2114");
});

test("the same files in other bytes of the same number are not what the digest says", async () => {
  const path = await layoutOf([[app]], config);
  const index = JSON.parse(readFileSync(join(path, "index.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(path, "blobs", index.manifests[0].digest.replace(":", "/")), "utf8"));
  const blob = join(path, "blobs", manifest.layers[0].digest.replace(":", "/"));
  const bytes = readFileSync(blob);
  // The time in gzip's header.
  bytes[4] = bytes[4]! ^ 1;
  writeFileSync(blob, bytes);
  expect((await findingsOf(path)).map(({ problem }) => problem)).toEqual([expect.stringContaining("not what its digest says")]);
});

test("a manifest that lies about sizes and layers is refused", async () => {
  const lied = edited(await layoutOf([[app]], config), ({ manifest, write }) =>
    write({ ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, size: layer.size + 1 })) }),
  );
  expect(await codesOf(lied)).toEqual(["FL2114"]);
  const doubled = edited(await layoutOf([[app]], config), ({ manifest, write }) =>
    write({ ...manifest, layers: [...manifest.layers, ...manifest.layers] }),
  );
  expect(await codesOf(doubled)).toContain("FL2114");
});

test.each([
  ["FL2117", "not JSON"],
  ["FL2117", "[]"],
  ["FL2117", '{"schemaVersion":1}'],
  ["FL2117", '{"schemaVersion":2,"manifests":7}'],
  ["FL2117", '{"schemaVersion":2,"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}'],
  ["FL2117", '{"schemaVersion":2,"mediaType":"text/html"}'],
  [
    "FL2115",
    `{"schemaVersion":2,"manifests":[${Array(1001)
      .fill(`{"digest":"sha256:${"0".repeat(64)}","size":1}`)
      .join(",")}]}`,
  ],
])("%s for the index %.60s", async (code, text) => {
  const layout = new TestLayout();
  writeFileSync(join(layout.path, "index.json"), text);
  expect(await errorOf(inspectImage(layout.path, { cache: false }))).toBe(code);
});

test("an index that says another platform than the config is refused", async () => {
  const layout = new TestLayout();
  const image = layout.image([await gzipLayer([app])], config, "arm64");
  layout.index([{ ...image, platform: { os: "linux", architecture: "amd64" } }]);
  expect(await codesOf(layout.path)).toEqual(["FL2102"]);
});

test("indexes within indexes without end are refused", async () => {
  const layout = new TestLayout();
  let inner: object = layout.image([await gzipLayer([app])], config);
  const mediaType = "application/vnd.oci.image.index.v1+json";
  for (let depth = 0; depth < 6; depth++) inner = { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, manifests: [inner] }) };
  layout.index([inner, inner]);
  expect(await errorOf(inspectImage(layout.path, { cache: false }))).toBe("FL2115");
});

test("a file, a folder or a name that is no image is told as such", async () => {
  expect(await errorOf(inspectImage(__filename, { cache: false }))).toBe("FL2117");
  expect(await errorOf(inspectImage(__dirname, { cache: false }))).toBe("FL2117");
  expect(await errorOf(inspectImage("Not An Image", { cache: false }))).toBe("FL2123");
});
