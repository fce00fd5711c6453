import { inspectImage } from "../src/inspectImage";
import { elf, file, gzipLayer, TestLayout } from "../testing/testImage";

const app = file("app", elf());

/** What is found of an image whose config is `changes` over a good one; a thrown error's code as well. */
async function codesOf(changes: Record<string, unknown>, edit = (text: string) => text): Promise<string[]> {
  const layer = await gzipLayer([app]);
  const layout = new TestLayout();
  const rootfs = { type: "layers", diff_ids: [layer.diffId] };
  const value = { os: "linux", architecture: "amd64", config: { Cmd: ["/app"] }, rootfs, ...changes };
  const config = layout.put(Buffer.from(edit(JSON.stringify(value))));
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const layers = [{ mediaType: layer.mediaType, ...layout.put(layer.bytes) }];
  const manifest = { schemaVersion: 2, mediaType, config: { mediaType: "application/vnd.oci.image.config.v1+json", ...config }, layers };
  layout.index([{ mediaType, ...layout.putJson(manifest) }]);
  try {
    const { platforms } = await inspectImage(layout.path, { cache: false });
    return platforms.flatMap(({ findings }) => findings.map(({ code }) => code));
  } catch (error) {
    return [(error as { code: string }).code];
  }
}

test.each<[Record<string, unknown>]>([
  [{ config: { Cmd: ["/app"], User: 1000 } }],
  [{ config: { Cmd: "/app" } }],
  [{ config: { Cmd: ["/app", 7] } }],
  [{ config: { Entrypoint: { 0: "/app" } } }],
  [{ config: { Cmd: ["/app"], Env: [1, 2] } }],
  [{ config: { Cmd: ["/app"], Env: { PATH: "/bin" } } }],
  [{ config: { Cmd: ["/app"], WorkingDir: ["/"] } }],
  [{ config: { Cmd: ["/app"], Volumes: ["/data"] } }],
  [{ config: { Cmd: ["/app"], Labels: { a: 1 } } }],
  [{ config: [] }],
  [{ config: "/app" }],
  [{ rootfs: "layers" }],
  [{ rootfs: { type: "layers", diff_ids: 7 } }],
  [{ rootfs: { type: "layers", diff_ids: [{}] } }],
  [{ architecture: ["amd64"] }],
  [{ os: 7 }],
  [{ config: { Cmd: ["/app"], Env: [`A=${"x".repeat(131_071)}`] } }],
])("a config that no runtime reads is told: %.100j", async (changes) => expect(await codesOf(changes)).toEqual(["FL2128"]));

test("a config deeper than a stack is told", async () => {
  const nested = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
  const edit = (text: string) => text.replace('"DEEP"', nested);
  expect(await codesOf({ config: { Cmd: ["/app"], User: "DEEP" } }, edit)).toEqual(["FL2128"]);
  expect(await codesOf({ config: { Cmd: ["/app"] }, anything: "DEEP" }, edit)).toEqual([]);
});

test("a config without a list of layers is told", async () => {
  expect(await codesOf({ rootfs: undefined })).toEqual(["FL2114"]);
  expect(await codesOf({ rootfs: null })).toEqual(["FL2114"]);
});

test("lists without end are not read, and stop nothing", async () => {
  const Env = Array.from({ length: 20_000 }, (_, number) => `A${number}=`);
  expect(await codesOf({ config: { Cmd: ["/app"], Env } })).toEqual(["FL2126"]);
});

test.each<[Record<string, unknown>]>([
  [{ config: { Cmd: ["/app"], User: null, Env: null, Entrypoint: null, Volumes: null } }],
  [{ config: { Cmd: ["/app"], Env: ["", "A", "=", "PATH=/bin", "B=1=2"] } }],
  [{ config: { cmd: ["/app"] } }],
  [{ config: { Cmd: ["/app"], Volumes: { "/data": {}, "/more": null }, ExposedPorts: { "80/tcp": {} } } }],
  [{ config: { Cmd: ["/app"], Healthcheck: "curl" } }],
  [{ config: { Cmd: ["/app"], Healthcheck: { Test: "curl" }, Shell: "/bin/sh", OnBuild: 7 } }],
  [{ config: { Cmd: ["/app"] }, architecture: "x86_64" }],
  [{ config: { Cmd: ["/app"] }, architecture: "AMD64", variant: "v1" }],
  [{ config: { Cmd: ["/app"] }, created: "2020-01-01T00:00:00Z", author: "x", history: [{ empty_layer: true }] }],
])("what a runtime takes is no fault: %.100j", async (changes) => expect(await codesOf(changes)).toEqual([]));
