import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageError } from "@fairlead/images";

import { formatFindings } from "../src/formatFindings";
import { inspectImage, sourceOf } from "../src/inspectImage";
import { findingsOf } from "../testing/findings";
import { elf, file, layoutOf, link } from "../testing/testImage";

async function linesOf(...image: Parameters<typeof layoutOf>): Promise<string[]> {
  const report = await inspectImage(await layoutOf(...image), { platforms: ["linux/amd64"], cache: false });
  return formatFindings([{ report: { ...report, image: "x\n::error::y" } }]).flatMap((text) => text.split("\n"));
}

const hostile = ["\x1b[31mred", "a\nb", "a\r::error::b", "\u202ecod", "\x9b2J", "##[error]x", "##vso[task.x]"];

test.each(hostile.map((name) => ({ name, title: JSON.stringify(name) })))("$title in an image's names steers nothing", async ({ name }) => {
  const lines = await linesOf([[link("run", `/${name}`), file("app", elf(), 0o644)]], {
    Cmd: ["/run"],
    User: name,
    WorkingDir: `/${name}`,
  });
  expect(lines.length).toBeGreaterThanOrEqual(10);
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|^\s*::|##(\[|vso)/u);
});

test("a line that begins with the name of a file of an image is no command of a workflow", async () => {
  const lines = await linesOf([[file("::error::x/y", elf(), 0o644)]], { Cmd: ["::error::x/y"] });
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}\\x3a:error::x\/y has mode 0644/));
});

test("what is said of a name of megabytes is short, and JSON keeps it whole", async () => {
  const name = "n".repeat(100_000);
  expect((await linesOf([[]], { Cmd: [name] })).join("").length).toBeLessThan(10_000);
  expect((await findingsOf([[]], { Cmd: [name] }))[0]!.problem).toContain(name);
});

function refusalOf(image: string): string {
  try {
    sourceOf(image);
    return "none";
  } catch (error) {
    expect(error).toBeInstanceOf(ImageError);
    return (error as ImageError).message;
  }
}

test("what is not there is told as a file that is not there", () => {
  for (const path of ["./missing.tar", "missing.tar", "missing.tar.gz", "build/image.tgz", "../out", "/no/where", "C:\\image.tar"])
    expect(refusalOf(path)).toMatch(/^FL2118 there is no file or folder /);
  expect(refusalOf("Out/Image")).toMatch(/^FL2123 "Out\/Image" is neither a file or folder that is there, nor an image reference/);
  expect(refusalOf("nginx:1.29")).toBe("none");
  const folder = mkdtempSync(join(tmpdir(), "fairlead-layout-"));
  mkdirSync(join(folder, "out"));
  expect(refusalOf(join(folder, "out"))).toBe("none");
});

test.each([
  ["404: Not Found", /server that had no such file/],
  ['<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>', /server that had no such file/],
  [Buffer.from([0x1f, 0x8b, 8, 0, 0]), /an archive that is still packed/],
])("%p is told by what it is", async (content, problem) => {
  expect(await findingsOf([[file("app", content)]], { Cmd: ["/app"] })).toMatchObject([
    { certainty: "dies", code: "FL2110", problem: expect.stringMatching(problem) },
  ]);
});
