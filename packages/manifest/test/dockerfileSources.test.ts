import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { declaredVolumes, dockerfilePlatforms } from "../src/rules/dockerfileSources";

function write(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "fairlead-dockerfile-")), "Dockerfile");
  writeFileSync(file, text);
  return file;
}
const read = (text: string, target?: string) => dockerfilePlatforms(write(text), target);
const lineOf = (text: string, target?: string) => read(text, target).runsOn("linux/arm64")?.line;

test.each<[string, number | undefined, string, string?]>([
  ["a RUN in the last stage", 2, "FROM node\nRUN npm ci\n"],
  ["none", undefined, "FROM node\nCOPY . /\n"],
  [
    "one on the builder's own platform",
    undefined,
    "FROM --platform=$BUILDPLATFORM node AS b\nRUN npm ci\nFROM node\nCOPY --from=b /a /a\n",
  ],
  ["one in a stage that is copied from", 2, "FROM node AS b\nRUN npm ci\nFROM node\nCOPY --from=b /a /a\n"],
  ["one in a stage that nobody needs", undefined, "FROM node AS test\nRUN npm test\nFROM node\n"],
  ["one in a stage without a name that nobody needs", undefined, "FROM node\nRUN x\nFROM node\nCOPY . /\n"],
  ["nothing at all", undefined, ""],
  ["no stage", undefined, "RUN x\n"],
  ["one in the target", 2, "FROM node AS test\nRUN npm test\nFROM node\n", "test"],
  ["one in a base, by name", 2, "FROM node AS base\nRUN apk add x\nFROM base\n"],
  ["one on a base of the builder's platform", undefined, "FROM --platform=$BUILDPLATFORM node AS base\nFROM base\nRUN x\n"],
  ["one for the target by name", 2, "FROM --platform=${TARGETPLATFORM} node\nRUN x\n"],
  ["one on that fixed platform", 2, "FROM --platform=linux/arm64 node AS b\nRUN x\nFROM node\nCOPY --from=0 /a /a\n"],
  [
    "one that is mounted from",
    3,
    "# a\nFROM node AS b\nRUN x\nFROM --platform=$BUILDPLATFORM node\nRUN --mount=type=bind,from=b,target=/b cp /b /c\n",
  ],
])("%s", (...[, line, text, target]) => expect(lineOf(text, target)).toBe(line));

test("a last stage of one platform is told, an earlier one is not", () => {
  expect(read("FROM --platform=linux/amd64 node\n").fixed).toMatchObject({ line: 1, platform: "linux/amd64" });
  expect(read("FROM --platform=linux/amd64 node AS b\nFROM b\n").fixed).toMatchObject({ line: 1 });
  expect(read("FROM --platform=linux/amd64 node AS b\nFROM node\n").fixed).toBeUndefined();
  expect(read("FROM --platform=$TARGETPLATFORM node\n").fixed).toBeUndefined();
});

test.each<[string[], string, string?]>([
  [["/a", "/b"], "FROM node\nVOLUME /a /b\n"],
  [["/a", "/b c"], 'FROM node\nVOLUME ["/a", "/b c"]\n'],
  [["/own", "/base"], "FROM node AS base\nVOLUME /base\nFROM base\nVOLUME /own\n"],
  [[], "FROM node AS build\nVOLUME /cache\nFROM node\nCOPY --from=build /a /a\n"],
  [["/cache"], "FROM node AS build\nVOLUME /cache\nFROM node\n", "build"],
  [[], ""],
])("the volumes %j are those of the stage that is built", (...[volumes, text, target]) => {
  expect(declaredVolumes(write(text), target)).toEqual(volumes);
});
