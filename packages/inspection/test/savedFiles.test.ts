import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { inspectImage } from "../src/inspectImage";
import { digestOf, elf, file, gzipLayer, hardLink, layerTar, link, TestLayout, type Entry } from "../testing/testImage";

const app = file("app", elf());
const config = { Cmd: ["/app"] };

/** A file of Docker's own layout, as older versions and other builders write it. */
async function saved(layers: string[], entries: (layer: Buffer) => Entry[]): Promise<string> {
  const layer = await layerTar([app]);
  const rootfs = { diff_ids: layers.map(() => digestOf(layer)) };
  const image = Buffer.from(JSON.stringify({ os: "linux", architecture: "amd64", config, rootfs }));
  const manifest = JSON.stringify([{ Config: "c.json", Layers: layers, RepoTags: ["app:1"] }]);
  const path = join(mkdtempSync(join(tmpdir(), "fairlead-save-")), "image.tar");
  writeFileSync(path, await layerTar([file("c.json", image), ...entries(layer), file("manifest.json", manifest)]));
  return path;
}

test.each<[string, string[], (layer: Buffer) => Entry[]]>([
  ["link to each other", ["a/layer.tar", "b/layer.tar"], (layer) => [file("a/layer.tar", layer), link("b/layer.tar", "../a/layer.tar")]],
  ["are links to what comes later", ["b/layer.tar"], (layer) => [link("b/layer.tar", "../a.tar"), file("./a.tar", layer)]],
  ["are hard links", ["a.tar", "b.tar"], (layer) => [file("a.tar", layer), hardLink("b.tar", "a.tar")]],
  ["are compressed", ["a.tar.gz"], (layer) => [file("a.tar.gz", gzipSync(layer))]],
])("docker save's files whose layers %s are read", async (_title, layers, entries) => {
  const [report] = (await inspectImage(await saved(layers, entries), { cache: false })).platforms;
  expect(report).toMatchObject({ platform: "linux/amd64", layers: layers.length, findings: [] });
});

test("a file whose layers link round, or are not there, is told", async () => {
  for (const entries of [[link("a.tar", "b.tar"), link("b.tar", "a.tar")], []])
    await expect(inspectImage(await saved(["a.tar"], () => entries), { cache: false })).rejects.toMatchObject({ code: "FL2118" });
});

test("a file that holds one platform of an index is judged by that", async () => {
  const layout = new TestLayout();
  const amd = layout.image([await gzipLayer([app])], config);
  const arm = layout.image([await gzipLayer([app])], config, "arm64");
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const on = (architecture: string) => ({ platform: { os: "linux", architecture } });
  const index = layout.putJson({
    schemaVersion: 2,
    mediaType,
    manifests: [
      { ...amd, ...on("amd64") },
      { ...arm, ...on("arm64") },
    ],
  });
  layout.index([{ mediaType, ...index }]);
  const blobs = [index.digest, amd.digest, ...partsOf(layout, amd.digest)].map((digest) => `blobs/${digest.replace(":", "/")}`);
  const entries = [...blobs, "index.json"].map((name) => file(name, readFileSync(join(layout.path, name))));
  const path = join(mkdtempSync(join(tmpdir(), "fairlead-save-")), "image.tar");
  writeFileSync(path, await layerTar(entries));
  const { platforms } = await inspectImage(path, { cache: false });
  expect(platforms.map(({ platform, findings }) => [platform, findings])).toEqual([["linux/amd64", []]]);
});

test.each<[string, string, Buffer]>([
  ["FL2117", "packed", gzipSync(Buffer.alloc(1024))],
  ["FL2117", "of other bytes", Buffer.alloc(4096, "x")],
  ["FL2117", "of nothing", Buffer.alloc(1024)],
])("%s for a file %s", async (code, _title, bytes) => {
  const path = join(mkdtempSync(join(tmpdir(), "fairlead-save-")), "image.tar");
  writeFileSync(path, bytes);
  await expect(inspectImage(path, { cache: false })).rejects.toMatchObject({ code });
});

function partsOf(layout: TestLayout, digest: string): string[] {
  const manifest = JSON.parse(readFileSync(join(layout.path, "blobs", digest.replace(":", "/")), "utf8"));
  return [manifest.config.digest, ...manifest.layers.map((layer: { digest: string }) => layer.digest)];
}
