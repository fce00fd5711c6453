import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { copiedSources, declaredVolumes, dockerfilePlatforms } from "../src/rules/dockerfileSources";

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

test.each<[string, string[], string, string?]>([
  [
    "words and flags",
    ["package.json", "src", "lib"],
    "FROM node\nCOPY package.json ./\nCOPY --chown=node --chmod=755 src \\\n  lib /app/\n",
  ],
  ["all of it", ["."], "FROM node\nCOPY . .\n"],
  ["wildcards", ["package*.json", "src/**"], "FROM node\nCOPY package*.json ./\nADD src/** /src/\n"],
  ["the form in JSON", ["with blank", "b"], 'FROM node\nCOPY --link ["with blank", "b", "/c/"]\n'],
  ["what is of other stages and images", [], "FROM node AS b\nFROM node\nCOPY --from=b /a /a\nCOPY --from=alpine /b /b\n"],
  ["what a stage takes that is copied from", ["a"], "FROM node AS b\nCOPY a /a\nFROM node\nCOPY --from=b /a /a\n"],
  ["what a base takes", ["a", "b"], "FROM node AS base\nCOPY a /a\nFROM base\nCOPY b /b\n"],
  ["what a stage takes that is mounted", ["a"], "FROM node AS b\nCOPY a /a\nFROM node\nRUN --mount=from=b,target=/b true\n"],
  ["what nobody needs", ["a"], "FROM node AS test\nCOPY test /test\nFROM node\nCOPY a /a\n"],
  ["a target", ["test"], "FROM node AS test\nCOPY test /test\nFROM node\nCOPY a /a\n", "test"],
  ["addresses and repositories", ["here"], "FROM node\nADD https://a.example/x.tgz git@a.example:x.git here /x/\n"],
  ["here-documents", ["file"], 'FROM node\nCOPY <<EOF <<"END" file /x/\nCOPY not this\nEOF\nEND\nRUN <<EOF\nCOPY nor this\nEOF\n'],
  ["an empty here-document", [], "FROM node\nCOPY <<EOF /x\nEOF\n"],
  [
    "files that are mounted",
    ["pkg.json", "lock.json", "."],
    "FROM node\nRUN --mount=type=bind,source=pkg.json,target=pkg.json --mount=src=lock.json,target=l --mount=type=cache,target=/c --mount=target=/all npm ci\n",
  ],
  ["what waits for a child", ["later"], "FROM node AS base\nONBUILD COPY later /later\nFROM base\n"],
  ["variables", ["$DIST/app"], "FROM node\nARG DIST\nCOPY $DIST/app /app\n"],
  ["comments, and a word that is none", [], "FROM node\n# COPY a /a\nRUN echo COPY b /b\n"],
])("what is taken of the context: %s", (...[, sources, text, target]) => {
  expect(copiedSources(write(text), target).sort()).toEqual([...sources].sort());
});
