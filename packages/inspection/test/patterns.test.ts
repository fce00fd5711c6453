import type { ContainerSettings } from "../src/container/containerSettings";
import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";
import { jar } from "./runtimes/runtimeCase";

const main = "Main-Class: shop.Main\n";
/** As Gradle leaves them: the first holds the application's own classes alone. */
const plainFirst = [jar("app/libs/shop-1.0-plain.jar", ""), jar("app/libs/shop-1.0.jar", main)];
const one = [jar("app/libs/shop-1.0.jar", main)];
const dash = link("bin/sh", "dash");
const bash = link("bin/sh", "bash");

interface Image {
  files: Entry[];
  text?: string;
  Env?: string[];
  shell?: Entry;
  run?: ContainerSettings;
}

async function codesOf({ files, text = "java -jar libs/*.jar", Env = [], shell = dash, run }: Image) {
  const base = [
    file("bin/dash", elf()),
    file("bin/bash", elf()),
    shell,
    file("usr/bin/java", elf()),
    file("usr/bin/touch", elf()),
    folder("app"),
  ];
  const config = { WorkingDir: "/app", Env: ["PATH=/usr/bin:/bin", ...Env], Cmd: ["/bin/sh", "-c", text] };
  const report = await inspectImage(await layoutOf([[...base, ...files]], config), { run, cache: false });
  return report.platforms[0]!.findings.map(({ code, certainty }) => `${code} ${certainty}`);
}

/** Seen with dash 0.5.12, bash 5.2 and Java 17. */
test.each<[string, Image, string]>([
  ["the plain archive of Gradle's comes first", { files: plainFirst }, "FL2140 dies"],
  ["the same under bash", { files: plainFirst, shell: bash, Env: ["LANG=C.UTF-8"] }, "FL2140 dies"],
  [
    "the one archive that there is has nothing to run",
    { files: [jar("app/libs/shop.jar", "")], text: "exec java -Xmx64m -jar /app/libs/sh?p*.jar" },
    "FL2140 dies",
  ],
  ["nothing is meant, and dash leaves the pattern", { files: [folder("app/libs")] }, "FL2140 dies"],
])("a shell's pattern: %s", async (_, image, expected) => {
  expect(await codesOf(image)).toEqual([expected]);
});

test.each<[string, Image]>([
  ["the one archive that there is", { files: one }],
  ["hidden files are not meant", { files: [...one, jar("app/libs/.a.jar", "")] }],
  ["another language may sort otherwise", { files: plainFirst, Env: ["LANG=en_US.UTF-8"] }],
  ["bash may make nothing of it", { files: [folder("app/libs")], shell: bash, text: "shopt -s nullglob; java -jar libs/*.jar" }],
  ["a folder that something is mounted in", { files: plainFirst, run: { writableMounts: ["/app/libs"] } }],
  ["files that may have come since", { files: [folder("app/libs")], text: "touch libs/a.jar; java -jar libs/*.jar" }],
  ["a folder of a pattern's own", { files: plainFirst, text: "java -jar l*/*.jar" }],
  ["a pattern in quotes, of another shell's", { files: one, text: "sh -c 'java -jar libs/*.jar'" }],
])("a shell's pattern is not stopped: %s", async (_, image) => {
  expect((await codesOf(image)).filter((found) => found.endsWith("dies"))).toEqual([]);
});
