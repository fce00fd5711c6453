import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

import { Budget } from "../src/budget";
import { unzstd } from "../src/files/zstd";

/** 256 bytes, 70 MiB of zeros, and the 256 bytes again, named by where they were: `zstd --ultra -22 --long=27`. */
const longOffset = gunzipSync(
  Buffer.from(
    "H4sIAAAAAAACA9PYqv+XpSOGg0FEIM+Ee87/zVUz5ix1eba7gkunYoKs/WZzi7JWwcVs4usXyHp/FdI3cQ05an1Pb3fPpe2PLyZwXTM83Lr0+plHNuWtrrNuH9xykuH/k97w6NilxyxYGFW/xW74Z6fi6V32akZK+M02Dv+3HDsr1vvWSmaVuK3IjmCYl5ydKLsxSXBb1Ky1/zWPPtWdE9AToOxu4tvDvnbi6WtsXX9K/ydN+pC0YM7ixhPzCp9Xz5r18jE3795tXwUWpbyf+7wxQLY6e9K6ztesc6K2O99Oj8ib8etS7YKd07oPWC58b3LScueOp8or9v2Y697GcfTNt1Om7RHfLtXlfAkqmlxZvtzjb4el7LbKc7dqj++XZ4h7UcnAyMD455/lDCYmBgGGUTyKR/EoHsWjeBSP4qGCcxkYgPTfRgYDK9ZaLgbGrya1XQD7DdQ45AkAAA==",
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
    for await (const chunk of unzstd(bytes.subarray(0, 18), pieces(), share, "layer 1")) {
      hash.update(chunk);
      length += chunk.length;
    }
  });
  return { length, sha256: hash.digest("hex") };
}

const expectedOf = (content: Buffer) => ({ length: content.length, sha256: createHash("sha256").update(content).digest("hex") });
const begun = Buffer.concat(
  Array.from({ length: 8 }, (_, number) =>
    createHash("sha256")
      .update(Buffer.from([number]))
      .digest(),
  ),
);

/** A frame with one block that is not compressed. */
const frame = (text: string) =>
  Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, (text.length << 3) | 1, 0, 0]), Buffer.from(text)]);
const skippable = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

test("what lies 70 MiB back is found", async () => {
  const content = Buffer.concat([begun, Buffer.alloc(70 * 1024 ** 2), begun]);
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
  await expect(unpacked(windowed(18))).rejects.toMatchObject({ code: "FL2126" });
  await expect(unpacked(windowed(20))).rejects.not.toMatchObject({ code: "FL2126" });
});
