import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

import { Budget } from "../src/budget";
import { unzstd } from "../src/files/zstd";

/** Eight parts of 96 bytes, 110 MiB of zeros, and the parts in another order, named by where they were: `zstd --ultra -22 --long=27`. */
const longOffset = gunzipSync(
  Buffer.from(
    "H4sIAAAAAAACA9PYqv+XpSNGgkHEYNqiaZdUPrUeq343+TB/l8HE8A+3Fsce3VHnyF2RzMV5/vgW4S+1wu/0n51w3fROROqH7IuI+35HPZd2VxbsnpYSfeLSnw/LjjPcFX5Usu33inuvem9uyvN7e89kamHNmhaOk0fF693vhPBMObedZZFF6UGh4ofZG3asqHrbcm+ivKJxWKPop5C556cvbPmspnxRqljI5/XMpQWzOcwVX1QszK34Oq2we/mmhRqF/x4J/G6T1JRbt3BKhMxeVcMnm8wjL6l+a8hU/makNHNf3O+OUwrCe/v8Npj+dbqqEpLxb9avghu75sg4zvI48kL1/qU5nIm1Z2YEacgw80UbmC+2WFKo5bRIZkK96pwUoQUB57/r9IWyul1LfKMcYtjRv+nn9123HA4WKFypzzkjWLVutv8mv7u5sh0Gj4osm5LP7mfKnm6pczi4fefEO0weyzR+pmv68v2vOHb7y7qJ4bme8Y2n+memC875b9ho9H2uo0bsnyuv7I8G1zwTDbFb4s/u/d9VftvJknnz2iYdFPzOzu3ecPzAri7jNelfvPZ/neH7e9vXHLcdDWu02x5+sqtfeYTpqNVzix17YtpuO65gE930JdP/eMiZ87+nvphsG22eoPhvdfO5xdsjcg354n5L1wqsFN8V9YV57f6QL9/rn/897dGwMnZNXZ2m4kJ51Vu3FnktnxXS59cY0KMXF7Zet9k29dGecy49j752rV49e2WH4CmGvo5m8wOavC1tpyU5TCL5/t8teVmy8ePtGn2lCZuaVibzWyxymfuxN3Tq3Y7FL0+eEu4/enm5UpqizLkd6mttLVr++gasS5h57SoP5yK5oteXOQv6ujNv2n6cF6rs/nXRhro28aP5P1b86Nedzj+92JXZj4Wtx81lAvPkR1d++hapfcl/efffyY+mS96uFI34+eXD27pnC3bsWX2Ze5lOMFdy4uYVTF9jrq5jE5DpWPhIzIj/ocyB8w+vT3x3oUuI4e//tuN1fWsZTv3cY2vr5Fs622RTTUaM9RQGnTfP3v4rs3EseOzTZq1zKUPzVN16zd/FH4t2r+7q7Sj8KS/selQ5eI45AyMD48+fxRPYmBgEGEbxKB7Fo3gUj+JRPIpH8SgexaN4FA9uHMrIwMDpwMC7TE6aYbs/kOIHUrZODHnzqwwY7th9PcCwo/bVR4aC31fWMzFuOccrDABvmJGkAREAAA==",
    "base64",
  ),
);

async function unpacked(bytes: Buffer, pieceLength = bytes.length): Promise<{ length: number; sha256: string }> {
  async function* pieces() {
    for (let position = 0; position < bytes.length; position += pieceLength) yield bytes.subarray(position, position + pieceLength);
  }
  const hash = createHash("sha256");
  let length = 0;
  await new Budget().run(async (share) => {
    for await (const chunk of unzstd(pieces(), share, "layer 1")) {
      hash.update(chunk);
      length += chunk.length;
    }
  });
  return { length, sha256: hash.digest("hex") };
}

const expectedOf = (content: Buffer) => ({ length: content.length, sha256: createHash("sha256").update(content).digest("hex") });
const sha256 = (...bytes: number[]) => createHash("sha256").update(Buffer.from(bytes)).digest();
const part = (number: number) => Buffer.concat([0, 1, 2].map((piece) => sha256(number, piece)));

/** A frame with one block that is not compressed. */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, (text.length << 3) | 1, 0, 0]), Buffer.from(text)]);
const skippable = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

test("what lies 110 MiB back is found", async () => {
  const parts = (...numbers: number[]) => Buffer.concat(numbers.map(part));
  const content = Buffer.concat([parts(0, 1, 2, 3, 4, 5, 6, 7), Buffer.alloc(110 * 1024 ** 2), parts(3, 1, 6, 0, 7, 2, 5, 4)]);
  expect(await unpacked(longOffset)).toEqual(expectedOf(content));
  expect(await unpacked(longOffset, 100)).toEqual(expectedOf(content));
});

test.each<[string, Buffer, string]>([
  ["one frame", frame("hello"), "hello"],
  ["frames one after the other", Buffer.concat([frame("hello "), frame("world")]), "hello world"],
  ["frames with others between them", Buffer.concat([skippable, frame("a"), skippable, skippable, frame("b"), skippable]), "ab"],
  ["many frames of nothing", Buffer.concat([...Array<Buffer>(5000).fill(skippable), frame("x")]), "x"],
  ["nothing", Buffer.alloc(0), ""],
])("%s is unpacked, in whatever pieces it comes", async (_title, bytes, content) => {
  expect(await unpacked(bytes)).toEqual(expectedOf(Buffer.from(content)));
  expect(await unpacked(bytes, 7)).toEqual(expectedOf(Buffer.from(content)));
});

test.each<[string, Buffer]>([
  ["cut off", frame("hello").subarray(0, 11)],
  ["followed by something else", Buffer.concat([frame("hello"), Buffer.from("something else")])],
  ["followed by zeros", Buffer.concat([frame("hello"), Buffer.alloc(512)])],
  ["no Zstandard", Buffer.from("hello ".repeat(1000))],
  ["damaged", Buffer.concat([longOffset.subarray(0, 1000), longOffset.subarray(1500)])],
])("what is %s is refused", async (_title, bytes) => {
  await expect(unpacked(bytes)).rejects.toThrow();
  await expect(unpacked(bytes, 7)).rejects.toThrow();
});

test("more than is given to it is not taken, and more than anybody takes is refused", async () => {
  /** A header with a window of 2^(10 + exponent) bytes. */
  const windowed = (exponent: number) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3, 1, 0, 0]);
  expect(await unpacked(windowed(17))).toEqual(expectedOf(Buffer.alloc(0)));
  for (const before of [frame("hello"), skippable, Buffer.concat([longOffset, skippable, windowed(0)])]) {
    const later = Buffer.concat([before, windowed(18)]);
    await expect(unpacked(later)).rejects.toMatchObject({ code: "FL2126" });
    await expect(unpacked(later, 7)).rejects.toMatchObject({ code: "FL2126" });
  }
  await expect(unpacked(windowed(18))).rejects.toMatchObject({ code: "FL2126" });
  await expect(unpacked(windowed(20))).rejects.not.toMatchObject({ code: "FL2126" });
});
