import { join } from "node:path";

import { folder, minimal, offers, problems, write } from "./folder";

test("a Dockerfile whose last stage has one platform, where it stands", () => {
  write("api", minimal, "FROM --platform=linux/arm64 node AS base\nFROM base\n");
  expect(problems("dev")).toEqual([]);
  write("api", `${minimal}runtimePlatform: { cpuArchitecture: X86_64 }\n`, "# a\nFROM --platform=linux/arm64 node\n");
  const [found] = problems("dev");
  expect(found).toMatchObject({ code: "FL1029", file: join(folder, "api/Dockerfile"), line: 2, column: 1 });
  expect(found!.consequence).toContain("exec format error");
});

test("a RUN on a platform that the builder can't run; one that cross-compiles is fine, and nobody is asked", () => {
  const builderPlatforms = jest.fn(() => ["linux/amd64"]);
  write("api", minimal, "FROM --platform=$BUILDPLATFORM node AS b\nRUN npm ci\nFROM node\nCOPY --from=b /a /a\n");
  expect(problems("dev", { ...offers, builderPlatforms })).toEqual([]);
  expect(builderPlatforms).not.toHaveBeenCalled();
  write("api", minimal, "FROM node\nRUN npm ci\n");
  const [found] = problems("dev", { ...offers, builderPlatforms });
  expect(found).toMatchObject({ code: "FL1030", line: 2, column: 1, fix: expect.stringContaining("binfmt") });
  expect(problems("dev", { ...offers, builderPlatforms: () => ["linux/amd64", "linux/arm64"] })).toEqual([]);
  expect(problems("dev", { ...offers, builderPlatforms: () => undefined })).toEqual([]);
});

test("a RUN is judged by what is built, where that is another platform than the task's", () => {
  write("api", minimal, "FROM node\nRUN npm ci\n");
  const here = { ...offers, builderPlatforms: () => ["linux/amd64"] };
  expect(problems("dev", { ...here, builtPlatforms: () => ["linux/amd64"] })).toEqual([]);
  const [found] = problems("dev", { ...here, builtPlatforms: (needed) => [needed] });
  expect(found).toMatchObject({ code: "FL1030", problem: expect.stringContaining("runs on linux/arm64") });
});
