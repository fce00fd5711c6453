import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageError, RegistrySource } from "@fairlead/images";

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

test("a part of a layout is told as that, with the folder to name", async () => {
  const layout = await layoutOf([[file("app", elf())]], { Cmd: ["/app"] });
  expect(refusalOf(join(layout, "index.json"))).toBe(
    `FL2117 ${join(layout, "index.json")} is a part of an OCI image layout. Name the layout's folder: ${layout}`,
  );
});

/** A layout of one image, and where its largest blob lies: the layer. */
async function layoutAndLayer(): Promise<[string, string]> {
  const layout = await layoutOf([[file("app", Buffer.concat([elf(), randomBytes(5000)]))]], { Cmd: ["/app"] });
  const blobs = join(layout, "blobs/sha256");
  const [largest] = readdirSync(blobs)
    .map((name) => join(blobs, name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  return [layout, largest!];
}

test.each<[string, string, (layer: string) => void]>([
  ["has too little of a layer", "FL2121", (layer) => truncateSync(layer, 100)],
  ["lacks a layer", "FL2118", (layer) => rmSync(layer)],
])("a folder that %s is to be written anew: no network and no registry is to blame", async (_, code, spoil) => {
  const [layout, layer] = await layoutAndLayer();
  spoil(layer);
  const [report] = (await inspectImage(layout, { platforms: ["linux/amd64"], cache: false })).platforms;
  expect(report!.findings).toMatchObject([{ code, fix: expect.stringMatching(/^Write the folder or file anew/) }]);
});

test("what is not in a registry that nobody named may be a folder that is not there, and no reference with a version", async () => {
  const messageOf = async (image: string) =>
    inspectImage(image, { cache: false }).then(
      () => "none",
      (error: Error) => error.message,
    );
  const failing = jest
    .spyOn(RegistrySource.prototype, "root")
    .mockRejectedValue(new ImageError("FL2118", "docker.io can't be reached: ENOTFOUND"));
  for (const image of ["img/nope", "nope"])
    expect(await messageOf(image)).toBe(`FL2118 docker.io can't be reached: ENOTFOUND, and there is no file or folder ${image} here`);
  for (const image of ["img/nope:1.0", "example.test/img/nope", "localhost/nope", `img/nope@sha256:${"a".repeat(64)}`, "nginx:1.29"])
    expect(await messageOf(image)).toBe("FL2118 docker.io can't be reached: ENOTFOUND");
  failing.mockRestore();
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
