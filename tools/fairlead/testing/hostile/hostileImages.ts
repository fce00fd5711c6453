import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { elf, TestLayout } from "@fairlead/inspection/testing/testImage";

import { header, layoutOf, padded, pax, storeImage, storeLayer, zeroFrame, type HostileImage, type LargeLayer } from "./largeLayer";

const mebi = 1024 ** 2;
const config = { Cmd: ["/app"] };
const program = elf();
const app = [header("app", { size: program.length }), padded(program)];
const end = Buffer.alloc(1024);

function* repeated(times: number, entry: (number: number) => Buffer[]): Generator<Buffer> {
  yield* app;
  for (let number = 0; number < times; number++) yield* entry(number);
  yield end;
}

/** Images, each with what is found in it. What they need is made as they are. */
export const hostileImages: HostileImage[] = [
  [
    "a million files",
    [],
    () => layoutOf(repeated(1_000_000, (number) => [header(`folder-${number % 1000}/a-file-${number}`, { mode: 0o644 })])),
  ],
  [
    "three hundred thousand files for each of two platforms",
    [],
    async () => {
      const layout = new TestLayout();
      const files = repeated(300_000, (number) => [header(`node_modules/package-${number % 1000}/index-${number}.js`, { mode: 0o644 })]);
      const many = await storeLayer(layout, files);
      const arm = elf({ machine: 183 });
      const other = await storeLayer(layout, [header("app", { size: arm.length }), padded(arm), end]);
      return layout.index([storeImage(layout, [many], config), storeImage(layout, [many, other], config, "arm64")]);
    },
  ],
  [
    "scripts without end, each with a first line of its own",
    ["may FL2126"],
    () =>
      layoutOf(
        repeated(300_000, (number) => {
          const line = Buffer.from(`#!/bin/${"x".repeat(200)}${number}\n`);
          return [header(`bin/${number}`, { size: line.length }), padded(line)];
        }),
      ),
  ],
  [
    "folders within folders",
    ["may FL2126"],
    () => layoutOf(repeated(2000, (number) => pax({ path: `${number}/${"a/".repeat(1800)}` }, header("x", { type: "5" })))),
  ],
  [
    "names of a mebibyte",
    ["dies FL2127"],
    () => layoutOf(repeated(20, (number) => pax({ path: `${number}${"x".repeat(mebi - 100)}` }, header("x")))),
  ],
  [
    "links that lead to each other, each by a path as long as may be",
    [],
    () => {
      const target = (number: number) => `${"a/../".repeat(800)}l${number}`;
      const links = Array.from({ length: 60 }, (_, number) => pax({ linkpath: target(number + 1) }, header(`l${number}`, { type: "2" })));
      return layoutOf(
        repeated(300, (number) => [
          ...(number === 0 ? [header("a", { type: "5" }), ...links.flat()] : []),
          header(`${"l0/".repeat(20)}${number}`),
        ]),
      );
    },
  ],
  [
    "a sparse file of a thousand terabytes",
    ["dies FL2115"],
    () => {
      const records = { "GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,0", "GNU.sparse.size": String(2 ** 50) };
      return layoutOf([...app, ...pax(records, header("sparse")), end]);
    },
  ],
  [
    "more than a gibibyte of zeros",
    ["may FL2129"],
    () => {
      const zeros = Buffer.alloc(mebi);
      return layoutOf([...app, header("var/log/lastlog", { size: 1100 * mebi }), ...Array<Buffer>(1100).fill(zeros), end]);
    },
  ],
  [
    "four gibibytes out of 131 KB of Zstandard",
    ["dies FL2114"],
    () => {
      const bytes = zeroFrame(4096 * mebi, 13);
      return Promise.resolve(zstdLayout(bytes, 1));
    },
  ],
  ["windows of 128 MiB for two platforms", ["dies FL2114", "dies FL2114"], () => Promise.resolve(zstdLayout(zeroFrame(256 * mebi, 17), 2))],
  ["a window of 256 MiB", ["may FL2126"], () => Promise.resolve(zstdLayout(zeroFrame(mebi, 18), 1))],
  ["gzip in gzip", ["dies FL2122"], async () => layoutOf([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), Buffer.alloc(mebi)])],
  [
    "a config of a million objects",
    ["ended FL2126"],
    () => Promise.resolve(configLayout(`{"config":{"Labels":[${Array<string>(1_390_000).fill("{}").join(",")}]}}`)),
  ],
  [
    "a PATH of tens of thousands of folders",
    ["dies FL2104"],
    () => {
      const Env = [`PATH=${"a:".repeat(65_000)}`];
      return Promise.resolve(configLayout(JSON.stringify({ config: { Cmd: ["app"], Env }, os: "linux", architecture: "amd64" })));
    },
  ],
  [
    "ten thousand layers",
    ["dies FL2115"],
    () => {
      const layout = new TestLayout();
      const empty = layout.put(Buffer.alloc(0));
      const layer: LargeLayer = { mediaType: "application/vnd.oci.image.layer.v1.tar", ...empty, diffId: empty.digest };
      return Promise.resolve(layout.index([storeImage(layout, Array<LargeLayer>(10_000).fill(layer), config)]));
    },
  ],
  [
    "indexes of 900 indexes of 900 indexes",
    ["ended FL2115"],
    () => {
      const layout = new TestLayout();
      const mediaType = "application/vnd.oci.image.index.v1+json";
      let inner: object = { mediaType: "text/plain", ...layout.putJson({}) };
      for (let depth = 0; depth < 3; depth++)
        inner = { mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, manifests: Array(900).fill(inner) }) };
      return Promise.resolve(layout.index([inner]));
    },
  ],
];

function zstdLayout(bytes: Buffer, platforms: number): TestLayout {
  const layout = new TestLayout();
  const stored = layout.put(bytes);
  // What it unpacks to is not hashed here, but there.
  const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", ...stored, diffId: stored.digest };
  return layout.index(["amd64", "arm64"].slice(0, platforms).map((architecture) => storeImage(layout, [layer], config, architecture)));
}

function configLayout(text: string): TestLayout {
  const layout = new TestLayout();
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const bytes = Buffer.from(text);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  writeFileSync(join(layout.path, "blobs", digest.replace(":", "/")), bytes);
  const described = { mediaType: "application/vnd.oci.image.config.v1+json", digest, size: bytes.length };
  return layout.index([{ mediaType, ...layout.putJson({ schemaVersion: 2, mediaType, config: described, layers: [] }) }]);
}
