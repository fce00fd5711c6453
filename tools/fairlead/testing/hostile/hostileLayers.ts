import { gzipSync } from "node:zlib";
import { digestOf, elf, TestLayout } from "@fairlead/inspection/testing/testImage";

import { header, layoutOf, padded, pax, storeImage, storeLayer, zeroFrame, type HostileImage, type LargeLayer } from "./largeLayer";

const mebi = 1024 ** 2;
const config = { Cmd: ["/app"] };
const program = elf();
const app = [header("app", { size: program.length }), padded(program)];
const end = Buffer.alloc(1024);

function* withApp(times: number, entry: (number: number) => Buffer[]): Generator<Buffer> {
  yield* app;
  for (let number = 0; number < times; number++) yield* entry(number);
  yield end;
}

/** Images of layers and manifests that keep busy who reads them, each with what is found in it. */
export const hostileLayers: HostileImage[] = [
  [
    "two hundred thousand names of four thousand bytes",
    ["may FL2126"],
    () => layoutOf(withApp(200_000, (number) => pax({ path: `${String(number).padEnd(249, "x")}/`.repeat(16) }, header("x")))),
  ],
  [
    "a thousand headers of a mebibyte each",
    [],
    () => {
      const records = { comment: "x".repeat(mebi - 100) };
      return layoutOf(withApp(1000, (number) => pax(records, header(`x${number}`))));
    },
  ],
  [
    "records that come by the hundred thousand",
    [],
    () => {
      const records = Object.fromEntries(Array.from({ length: 30_000 }, (_, number) => [`SCHILY.xattr.user.${number}`, "x"]));
      const entry = pax(records, header("x"));
      return layoutOf(withApp(200, () => entry));
    },
  ],
  [
    "a million files that are hidden one by one",
    [],
    () =>
      layoutOf(
        withApp(1_000_000, (number) => [header(`f/${number % 1000}/${number}`, { mode: 0o644 })]),
        withApp(1_000_000, (number) => [header(`f/${number % 1000}/.wh.${number}`)]),
      ),
  ],
  [
    "folders that are hidden over and over",
    ["may FL2126"],
    () => {
      const file = (number: number) => header(`f/${number}`);
      return layoutOf(withApp(600_000, (number) => [number < 200_000 ? file(number) : header("f/.wh..wh..opq")]));
    },
  ],
  [
    "a million members of gzip that hold nothing",
    [],
    async () => {
      const layout = new TestLayout();
      const tar = Buffer.concat([...app, end]);
      const none = gzipSync(Buffer.alloc(0));
      const bytes = Buffer.concat([gzipSync(tar), ...Array<Buffer>(1_000_000).fill(none)]);
      const { diffId } = await storeLayer(layout, [tar]);
      const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", ...layout.put(bytes), diffId };
      return layout.index([storeImage(layout, [layer], config)]);
    },
  ],
  [
    "small windows, and then one of 128 MiB, for two platforms",
    ["dies FL2114", "dies FL2114"],
    () => Promise.resolve(zstdLayout(Buffer.concat([zeroFrame(128 * 1024, 7), zeroFrame(256 * mebi, 17)]))),
  ],
  [
    "a window of 128 MiB, and then as many files as there is room for",
    ["may FL2126"],
    async () => {
      const layout = new TestLayout();
      const files = await storeLayer(
        layout,
        withApp(700_000, (number) => [header(`folder-${number % 1000}/a-file-of-many-${number}`, { mode: 0o644 })]),
      );
      const zeros = layout.put(zeroFrame(128 * mebi, 17));
      const diffId = digestOf(Buffer.alloc(128 * mebi));
      const wide = { mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", ...zeros, diffId };
      return layout.index([storeImage(layout, [wide, files], config)]);
    },
  ],
  [
    "a hundred layers that are the same ten thousand files",
    [],
    async () => {
      const layout = new TestLayout();
      const layer = await storeLayer(
        layout,
        withApp(10_000, (number) => [header(`f/${number}`)]),
      );
      return layout.index([storeImage(layout, Array<LargeLayer>(100).fill(layer), config)]);
    },
  ],
  [
    "an index of ten thousand images",
    ["ended FL2115"],
    () => {
      const layout = new TestLayout();
      const image = storeImage(layout, [], config);
      return Promise.resolve(layout.index(Array<object>(10_000).fill(image)));
    },
  ],
  [
    "a hundred images that don't say what for, each with a config of four mebibytes",
    ["ended FL2115"],
    () => {
      const layout = new TestLayout();
      const images = Array.from({ length: 99 }, (_, number) => {
        const objects = Array<string>(9000).fill(`[${"{},".repeat(140)}${number}]`);
        const bytes = Buffer.from(`{"os":"linux","architecture":"amd64","x":[${objects.join(",")}]}`);
        const described = { mediaType: "application/vnd.oci.image.config.v1+json", ...layout.put(bytes) };
        const mediaType = "application/vnd.oci.image.manifest.v1+json";
        return { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, config: described, layers: [] }) };
      });
      return Promise.resolve(layout.index(images));
    },
  ],
  [
    "indexes that say mebibytes of their images",
    ["ended FL2115"],
    () => {
      const layout = new TestLayout();
      const mediaType = "application/vnd.oci.image.index.v1+json";
      const image = storeImage(layout, [], config);
      const inner = Array.from({ length: 10 }, (_, number) => {
        const annotations = Object.fromEntries(Array.from({ length: 200_000 }, (_value, at) => [`${number}.${at}`, at]));
        return { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, manifests: [{ ...image, annotations }] }) };
      });
      return Promise.resolve(layout.index(inner));
    },
  ],
  [
    "hundreds of programs with sixty thousand segments",
    [],
    () => {
      const bytes = Buffer.alloc(64 + 65_535 * 56);
      elf().copy(bytes);
      bytes.writeUInt16LE(65_535, 56);
      for (let at = 64; at < bytes.length; at += 56) {
        bytes.writeUInt32LE(1, at);
        bytes.writeBigUInt64LE(BigInt(at * 7), at + 8);
        bytes.writeBigUInt64LE(100n, at + 32);
      }
      return layoutOf(withApp(300, (number) => [header(`p${number}`, { size: bytes.length }), padded(bytes)]));
    },
  ],
];

function zstdLayout(bytes: Buffer): TestLayout {
  const layout = new TestLayout();
  const stored = layout.put(bytes);
  const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", ...stored, diffId: stored.digest };
  return layout.index(["amd64", "arm64"].map((architecture) => storeImage(layout, [layer], config, architecture)));
}
