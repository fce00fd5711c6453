import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ImageError } from "@fairlead/images";

import { inspectImage } from "../src/inspectImage";
import { limits } from "../src/limits";
import {
  digestOf,
  elf,
  file,
  gzipLayer,
  layerTar,
  layoutOf,
  link,
  folder,
  TestLayout,
  type Entry,
  type TestLayer,
} from "../testing/testImage";

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

test.each(["../../etc/passwd", "a/../../b"])("a layer with the path %s is told", async (name) => {
  expect(await codesOf(await layoutOf([[app, file(name, "x")]], config))).toEqual(["FL2116"]);
});

test("so is a hard link that leads out", async () => {
  const entries = [app, file("etc/shadow", "x"), { name: "x", hardLink: "../../etc/shadow" }];
  expect(await codesOf(await layoutOf([entries], config))).toEqual(["FL2116"]);
});

test.each<[string, Entry]>([
  ["to nothing", { name: "x", hardLink: "nothing" }],
  ["to a folder", { name: "x", hardLink: "etc" }],
])("a hard link %s can't be unpacked", async (_title, entry) => {
  expect(await codesOf(await layoutOf([[app, folder("etc"), entry]], config))).toEqual(["FL2127"]);
});

test("a hard link to a layer below is told", async () => {
  expect(await codesOf(await layoutOf([[app], [{ name: "x", hardLink: "app" }]], config))).toEqual(["FL2127"]);
  expect((await findingsOf(await layoutOf([[app], [{ name: "x", hardLink: "app" }]], config)))[0]!.certainty).toBe("may");
});

test("a folder of a layer takes the place of a link below, as overlayfs has it", async () => {
  const layers = [[folder("usr/bin"), file("usr/bin/sh", elf()), link("bin", "usr/bin")], [file("bin/app", elf())]];
  expect(await codesOf(await layoutOf(layers, { Cmd: ["/bin/app"] }))).toEqual([]);
  expect(await codesOf(await layoutOf(layers, { Cmd: ["/usr/bin/app"] }))).toEqual(["FL2104"]);
  expect(await codesOf(await layoutOf(layers, { Cmd: ["/bin/sh"] }))).toEqual(["FL2104"]);
});

test("a hard link's mode is its file's", async () => {
  const linked = (mode: number) => layoutOf([[file("app", elf(), 0o644), { name: "x", hardLink: "app", mode }]], config);
  expect(await codesOf(await linked(0o755))).toEqual([]);
  expect(await codesOf(await linked(0o600))).toEqual(["FL2105"]);
  // Of all of its names, and of no other file's.
  const two = [
    file("app", "#!/sh"),
    file("sh", elf()),
    file("y", elf()),
    { name: "x", hardLink: "y", mode: 0o600 },
    { name: "z", hardLink: "y", mode: 0o600 },
  ];
  expect(await codesOf(await layoutOf([two], config))).toEqual([]);
  expect(await codesOf(await layoutOf([two], { Cmd: ["/z"] }))).toEqual(["FL2105"]);
});

test.each<[string, Entry]>([
  ["name", file(`a/${"x".repeat(256)}`, "")],
  ["path", file(`${"xyz/".repeat(1024)}x`, "")],
  ["link", link("a", "x/".repeat(2048))],
])("a %s that is longer than Linux's can't be unpacked", async (_title, entry) => {
  expect(await codesOf(await layoutOf([[app, entry]], config))).toEqual(["FL2127"]);
});

test("a path of many steps is told, and ends", async () => {
  expect(await codesOf(await layoutOf([[app, file("x/".repeat(20_000), "")]], config))).toEqual(["FL2127"]);
});

test("folders that are links to each other end", async () => {
  expect(await codesOf(await layoutOf([[app, link("a", "b"), link("b", "a")], [file("a/x", "1")]], config))).toEqual([]);
});

/** A layer of 8 MiB of zeros in one file, several times over. */
async function zeros(name: string, times: number): Promise<TestLayer> {
  const header = (await layerTar([file(name, "")])).subarray(0, 512);
  header.write((times * 8 * 1024 ** 2).toString(8).padStart(11, "0"), 124, "latin1");
  header.write("        ", 148, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  const content = gzipSync(Buffer.alloc(8 * 1024 ** 2));
  const hash = createHash("sha256").update(header);
  for (let time = 0; time < times; time++) hash.update(Buffer.alloc(8 * 1024 ** 2));
  const bytes = Buffer.concat([gzipSync(header), ...Array<Buffer>(times).fill(content)]);
  return { bytes, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", diffId: `sha256:${hash.digest("hex")}` };
}

async function withLimits<T>(changes: Partial<typeof limits>, work: () => Promise<T>): Promise<T> {
  const before = { ...limits };
  Object.assign(limits, changes);
  return work().finally(() => Object.assign(limits, before));
}

test("layers that unpack to a task's whole disk out of nothing are refused, together", async () => {
  const layout = new TestLayout();
  const layers = [await gzipLayer([app]), await zeros("a", 1), await zeros("b", 1), await zeros("c", 1)];
  layout.index([layout.image(layers, config)]);
  const [found] = await withLimits({ taskDiskBytes: 20 * 1024 ** 2 }, () => findingsOf(layout.path));
  expect(found).toMatchObject({ code: "FL2115", certainty: "dies", problem: expect.stringContaining("its largest file is /a") });
});

test("a log of users with large ids is told, and stops nothing", async () => {
  const layout = new TestLayout();
  layout.index([layout.image([await gzipLayer([app]), await zeros("var/log/lastlog", 2)], config)]);
  const found = await withLimits({ suspiciousBytes: 10 * 1024 ** 2 }, () => findingsOf(layout.path));
  expect(found).toEqual([
    expect.objectContaining({ code: "FL2129", certainty: "may", file: "/var/log/lastlog", fix: expect.stringContaining("--no-log-init") }),
  ]);
});

test("what takes too long is not read on, which stops nothing", async () => {
  const path = await layoutOf([[app]], config);
  expect(await withLimits({ seconds: -1 }, () => findingsOf(path))).toMatchObject([{ code: "FL2126", certainty: "may" }]);
});

test("so is what takes too long to be judged", async () => {
  const needed = Array.from({ length: 1000 }, (_, number) => `lib${number}.so`);
  const loader = file("lib64/ld-linux-x86-64.so.2", elf({ type: 3, soname: "ld-linux-x86-64.so.2", versions: ["GLIBC_PRIVATE"] }));
  const program = file("app", elf({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed, runpath: `/a${":/b".repeat(900)}` }));
  const path = await layoutOf([[loader, program]], config);
  expect(await withLimits({ seconds: 1 }, () => findingsOf(path))).toMatchObject([{ code: "FL2126", certainty: "may" }]);
});

test("platforms that there is no room for side by side are read one after the other", async () => {
  const many = Array.from({ length: 100 }, (_, number) => folder(`a/${number}`));
  const layout = new TestLayout();
  const amd = layout.image([await gzipLayer([app]), await gzipLayer(many)], config);
  const arm = layout.image([await gzipLayer([file("app", elf({ machine: 183 }))]), await gzipLayer(many)], config, "arm64");
  layout.index([
    { ...amd, platform: { os: "linux", architecture: "amd64" } },
    { ...arm, platform: { os: "linux", architecture: "arm64" } },
  ]);
  const report = await withLimits({ memoryBytes: 80_000 }, () => inspectImage(layout.path, { cache: false }));
  expect(report.platforms.map(({ platform, findings }) => [platform, findings])).toEqual([
    ["linux/amd64", []],
    ["linux/arm64", []],
  ]);
});

test("more files than there is room for are not read on, which stops nothing", async () => {
  const many = Array.from({ length: 100 }, (_, number) => folder(`a/${number}`));
  const path = await layoutOf([[app], many], config);
  expect(await withLimits({ memoryBytes: 40_000 }, () => findingsOf(path))).toMatchObject([{ code: "FL2126", certainty: "may" }]);
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
