import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";

import { inWholeLines } from "../src/wholeLines";

/** What comes of what processes write, piece by piece. */
async function written(...pieces: [name: string, piece: string | Buffer][]): Promise<string> {
  let output = "";
  const streams = new Map<string, PassThrough>();
  for (const [name, piece] of pieces) {
    if (!streams.has(name)) {
      streams.set(name, new PassThrough());
      inWholeLines(streams.get(name)!, `${name} | `, (text) => (output += text));
    }
    streams.get(name)!.write(piece);
    await new Promise(setImmediate);
  }
  for (const stream of streams.values()) {
    stream.end();
    await finished(stream);
  }
  return output;
}

test("a line that is not written to its end waits for it, whatever another process writes", async () => {
  expect(await written(["a", "pass one\npass t"], ["b", "FAIL x\n  expected: 1\n"], ["a", "wo\n"])).toBe(
    "a | pass one\nb | FAIL x\nb |   expected: 1\na | pass two\n",
  );
});

test("a last line without an end is a line", async () => {
  expect(await written(["a", "one\ntwo"])).toBe("a | one\na | two\n");
});

test("a character of several bytes may come in two pieces", async () => {
  const bytes = Buffer.from("✓ built\n");
  expect(await written(["a", bytes.subarray(0, 1)], ["a", bytes.subarray(1)])).toBe("a | ✓ built\n");
});
