import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";

import { inspectImage } from "../src/inspectImage";
import { digestOf, elf, file, layerTar, TestLayout } from "../testing/testImage";

/** The tools themselves, where they are. */
const tools = ["gzip", "zstd"].filter((tool) => spawnSync(tool, ["--version"]).status === 0);

function run(tool: string, args: string[], input: Buffer) {
  return spawnSync(tool, args, { input, maxBuffer: 64 * 1024 ** 2 });
}

async function verdicts(tool: string, bytes: Buffer, content: Buffer): Promise<string[]> {
  const layout = new TestLayout();
  const layer = { bytes, mediaType: `application/vnd.oci.image.layer.v1.tar+${tool}`, diffId: digestOf(content) };
  layout.index([layout.image([layer], { Cmd: ["/app"] })]);
  const { platforms } = await inspectImage(layout.path, { cache: false });
  return platforms[0]!.findings.map(({ certainty, code, problem }) => `${certainty} ${code} ${problem}`);
}

const changes: [string, (first: Buffer, second: Buffer, empty: Buffer) => Buffer][] = [
  ["whole", (first, second) => Buffer.concat([first, second])],
  ["with a part of nothing in it", (first, second, empty) => Buffer.concat([empty, first, empty, empty, second, empty])],
  ["cut off in the second part", (first, second) => Buffer.concat([first, second.subarray(0, second.length / 2)])],
  ["cut off in the second part's header", (first, second) => Buffer.concat([first, second.subarray(0, 3)])],
  ["cut off before the last byte", (first, second) => Buffer.concat([first, second.subarray(0, -1)])],
  ["damaged in the middle", (first, second) => Buffer.concat([first.fill(0x55, 600_000, 600_200), second])],
  ["followed by zeros", (first, second) => Buffer.concat([first, second, Buffer.alloc(1024)])],
  ["followed by something else", (first, second) => Buffer.concat([first, second, Buffer.from("something else")])],
  ["followed by much else", (first, second) => Buffer.concat([first, second, randomBytes(2 * 1024 ** 2).fill(1, 0, 1)])],
];

const cases = tools.flatMap((tool) => changes.map(([title, change]) => [tool, title, change] as const));

// At least one that runs, where neither is there.
test.each(cases.length > 0 ? cases : [["nothing", "whole", undefined] as const])(
  "%s, %s: as the tool has it",
  async (tool, _title, change) => {
    if (!change) return;
    const tar = await layerTar([file("app", elf()), file("data", randomBytes(3 * 1024 ** 2)), file("text", "hello ".repeat(500_000))]);
    const [first, second, empty] = [tar.subarray(0, 1_500_000), tar.subarray(1_500_000), Buffer.alloc(0)].map(
      (part) => run(tool, ["-c"], part).stdout,
    ) as [Buffer, Buffer, Buffer];
    const bytes = change(first, second, empty);
    const { status, stdout } = run(tool, ["-dc"], bytes);
    const found = await verdicts(tool, bytes, tar);
    // gzip warns of what it passes over. Container runtimes differ in what they make of it: Go's reader refuses it, and unpigz says nothing.
    if (status === 0 && stdout.equals(tar)) expect(found.filter((verdict) => !verdict.startsWith("may FL2122"))).toEqual([]);
    else if (status === 2) expect(found).toEqual([expect.stringMatching(/^may (FL2122|FL2126) /)]);
    else expect(found).toEqual([expect.stringMatching(/^dies FL2122 /)]);
  },
);
