import { gzipSync } from "node:zlib";

import { inspectImage } from "../src/inspectImage";
import { digestOf, elf, file, layerTar, TestLayout } from "../testing/testImage";

const program = elf();
const config = { Cmd: ["/app"] };
const end = Buffer.alloc(1024);
const blocks = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);

interface Fields {
  type?: string;
  size?: number | Buffer;
  magic?: string;
  target?: string;
}

/** A header of a tar, field by field. */
function header(name: string, { type = "0", size = 0, magic = "ustar\u000000", target = "" }: Fields = {}): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write(name, 0, 100, "latin1");
  for (const [offset, value] of [
    [100, "0000755"],
    [108, "0000000"],
    [116, "0000000"],
    [136, "00000000000"],
    [148, "        "],
    [156, type],
    [157, target],
    [257, magic],
  ] as const)
    bytes.write(value, offset, "latin1");
  if (typeof size === "number") bytes.write(size.toString(8).padStart(11, "0"), 124, "latin1");
  else size.copy(bytes, 124);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return bytes;
}

const entry = (name: string, content: Buffer, fields: Fields = {}) => [header(name, { size: content.length, ...fields }), blocks(content)];

function pax(records: Record<string, string>): Buffer[] {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    return `${rest.length + String(rest.length + 3).length}${rest}`;
  });
  return entry("pax", Buffer.from(lines.join("")), { type: "x" });
}

const gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
const plain = "application/vnd.oci.image.layer.v1.tar";
const docker = "application/vnd.docker.image.rootfs.diff.tar";

async function verdictsOf(tar: Buffer, bytes: Buffer = gzipSync(tar), mediaType = gzip): Promise<string[]> {
  const layout = new TestLayout();
  layout.index([layout.image([{ bytes, mediaType, diffId: digestOf(tar) }], config)]);
  const { platforms } = await inspectImage(layout.path, { cache: false });
  return platforms.flatMap(({ findings }) => findings.map(({ certainty, code }) => `${certainty} ${code}`));
}

const app = entry("app", program);
const half = program.length / 2;
/** As `tar --sparse` writes a file of which a half is a hole; each version says otherwise where the pieces are. */
const sparse = (minor: string, records: Record<string, string>, content: Buffer) => [
  ...pax({
    "GNU.sparse.major": minor === "1.0" ? "1" : "0",
    "GNU.sparse.minor": minor === "0.1" ? "1" : "0",
    "GNU.sparse.name": "app",
    ...records,
  }),
  ...entry("GNUSparseFile.0/app", content),
];
const size = String(program.length);

// Seen with containerd's archive package, on what GNU tar and Go write.
test.each<[string, Buffer[]]>([
  ["a header of the seventh edition", entry("app", program, { magic: "" })],
  ["a header of GNU's", entry("app", program, { magic: "ustar  \0" })],
  ["an old file without a type", entry("app", program, { type: "\0" })],
  ["a long name of GNU's", [...entry("././@LongLink", Buffer.from("app\0"), { type: "L", magic: "ustar  \0" }), ...entry("x", program)]],
  ["a name in PAX's records", [...pax({ path: "app" }), ...entry("x", program)]],
  ["global records, which say nothing of a file", [...entry("g", Buffer.from("12 path=xyz\n"), { type: "g" }), ...app]],
  ["a name with ..", entry("a/../app", program)],
  ["a name from the root", entry("/./app", program)],
  [
    "a size in binary",
    entry("app", program, { size: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, program.length >> 8, program.length & 255]) }),
  ],
  ["a folder with a size, and nothing behind it", [header("x", { type: "5", size: 4096 }), ...app]],
  ["an end, and something behind it", [...app, end, ...entry("app", Buffer.from("no program")), Buffer.from("and more")]],
  ["no end", app],
  [
    "holes by version 1.0",
    sparse("1.0", { "GNU.sparse.realsize": size }, Buffer.concat([blocks(Buffer.from(`1\n0\n${half}\n`)), program.subarray(0, half)])),
  ],
  ["holes by version 0.1", sparse("0.1", { "GNU.sparse.size": size, "GNU.sparse.map": `0,${half}` }, program.subarray(0, half))],
])("%s is read", async (_title, parts) => expect(await verdictsOf(Buffer.concat([...parts, end]))).toEqual([]));

test.each<[string, Buffer[]]>([
  ["a size below zero", [header("x", { size: Buffer.alloc(12, 0xff) }), ...app]],
  ["a size that is no number", [header("x", { size: Buffer.from("hello") }), ...app]],
  ["a checksum that is wrong", [Buffer.concat([header("x").subarray(0, 511), Buffer.from("x")]), ...app]],
  ["a sparse file of GNU's own", [...entry("x", program, { type: "S", magic: "ustar  \0" }), ...app]],
  ["a kind of its own", [header("x", { type: "V" }), ...app]],
  ["a block of zeros in the middle", [...app, Buffer.alloc(512), ...app]],
  ["a map of holes that is cut off", sparse("1.0", { "GNU.sparse.realsize": size }, blocks(Buffer.from("5\n0\n")))],
  ["records that are none", [...entry("pax", Buffer.from("hello"), { type: "x" }), ...app]],
  ["a file that is cut off", [header("x", { size: 1000 }), Buffer.alloc(512)]],
])("%s can't be unpacked", async (_title, parts) => {
  const isCut = parts.length === 2;
  expect(await verdictsOf(Buffer.concat([...parts, ...(isCut ? [] : [end])]))).toEqual(["dies FL2122"]);
});

test.each<[string, string, (tar: Buffer) => Buffer, string[]]>([
  ["says gzip and is a tar", gzip, (tar) => tar, []],
  ["says Zstandard and is gzip", "application/vnd.oci.image.layer.v1.tar+zstd", (tar) => gzipSync(tar), []],
  ["of Docker's says nothing and is gzip", docker, (tar) => gzipSync(tar), []],
  ["is foreign", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", (tar) => gzipSync(tar), []],
  ["says tar and is gzip", plain, (tar) => gzipSync(tar), ["dies FL2122"]],
  ["is of several members", gzip, (tar) => Buffer.concat([gzipSync(tar.subarray(0, 512)), gzipSync(tar.subarray(512))]), []],
  ["goes on behind its gzip", gzip, (tar) => Buffer.concat([gzipSync(tar), Buffer.from("garbage")]), ["may FL2126"]],
  ["has zeros behind its gzip", gzip, (tar) => Buffer.concat([gzipSync(tar), Buffer.alloc(512)]), ["may FL2122"]],
])("a layer that %s is read by its bytes", async (_title, mediaType, make, verdicts) => {
  const tar = await layerTar([file("app", program)]);
  expect(await verdictsOf(tar, make(tar), mediaType)).toEqual(verdicts);
});

test("a layer of nothing is one", async () => {
  const layout = new TestLayout();
  const nothing = Buffer.alloc(0);
  const tar = Buffer.concat([...app, end]);
  layout.index([
    layout.image(
      [
        { bytes: nothing, mediaType: gzip, diffId: digestOf(nothing) },
        { bytes: gzipSync(tar), mediaType: gzip, diffId: digestOf(tar) },
      ],
      config,
    ),
  ]);
  expect((await inspectImage(layout.path, { cache: false })).platforms[0]!.findings).toEqual([]);
});
