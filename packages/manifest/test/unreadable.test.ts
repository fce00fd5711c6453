import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblems } from "@fairlead/model";

import { foldersWithoutManifest } from "../src";
import { folder, load, minimal, problems, write } from "./folder";

describe("a manifest of another name, which nothing reads", () => {
  test.each(["service.yml", "Service.yaml", "SERVICE.YML"])("%s", (name) => {
    write("api", minimal);
    renameSync(join(folder, "api/service.yaml"), join(folder, "api", name));
    write("web", "name: web\ncontainerPort: 80\ncalls: [api]\n");
    const [misnamed] = problems();
    expect(misnamed).toMatchObject({ code: "FL1037", file: join(folder, "api", name), line: 1, column: 1 });
    expect(misnamed!.fix).toBe("Rename it to service.yaml.");
  });

  test("beside a service.yaml is no mistake, and neither is a file of another kind", () => {
    write("api", minimal);
    writeFileSync(join(folder, "api/service.yml"), minimal);
    mkdirSync(join(folder, "library"));
    writeFileSync(join(folder, "library/services.yaml"), "");
    expect(load().map(({ name }) => name)).toEqual(["api"]);
  });
});

test("a folder with a Dockerfile and no manifest is told; one without a Dockerfile is no service", () => {
  write("api", minimal);
  for (const name of ["library", "search"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "library/package.json"), "{}");
  writeFileSync(join(folder, "search/Dockerfile"), "FROM scratch\n");
  expect(foldersWithoutManifest(folder)).toEqual([join(folder, "search")]);
  expect(load().map(({ name }) => name)).toEqual(["api"]);
});

test.each(["", "# to do\n", "---\n"])("an empty manifest says what one needs at least: %j", (text) => {
  write("api", text);
  const [found] = problems();
  expect(found!.problem).toBe("the manifest is empty");
  expect(found!.fix).toMatch(/name: api[^]*containerPort/);
});

describe("what is no text", () => {
  test.each([
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xff, 0xfe])],
    ["UTF-16, as some editors save it", Buffer.from(`\ufeff${minimal}`, "utf16le")],
  ])("%s", (_, bytes) => {
    write("api", "");
    writeFileSync(join(folder, "api/service.yaml"), bytes);
    const found = problems();
    expect(found).toEqual([expect.objectContaining({ code: "FL1001", line: 1, problem: "this is not a text in UTF-8" })]);
    expect(formatProblems(found, folder)).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/);
  });
});

test("a line is shown without what steers a terminal, and no longer than it can be read", () => {
  write("api", `${minimal}nonsense: "\u001b[31m ${"x".repeat(5000)}"\ncpu: "${"y".repeat(5000)}"\n`);
  const text = formatProblems(problems(), folder);
  expect(text).toContain("\\x1b[31m");
  expect(text).not.toContain("\u001b");
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThan(300);
  expect(text).toMatch(/4 \| cpu: "y+…\n {4}\| {6}\^\n/);
});

test("a mistake far along a line is shown with what stands around it", () => {
  write("api", `${minimal}environment: { ${Array.from({ length: 40 }, (_, i) => `TAG${i}: x`).join(", ")}, wrong: 1 }\n`);
  const [line, caret] = formatProblems(problems(), folder).split("\n").slice(1, 3);
  expect(line!.slice(caret!.indexOf("^"))).toBe("1 }");
});

test("of many keys that could stand there the first few are named", () => {
  write("api", `${minimal}memoryMib: 512\nnonsense: 1\n`);
  expect(problems().map(({ expected }) => expected)).toEqual(
    Array(2).fill(expect.stringMatching(/^one of name, version, owner, kind, containerPort, build, image and \d+ more$/)),
  );
});

test("a key of another kind, where it stands itself", () => {
  write("api", "name: api\nkind: worker\nroutes:\n  - path: /\n");
  expect(problems()).toEqual([expect.objectContaining({ code: "FL1014", line: 3, column: 1 })]);
});

test("the beginning of a key is taken for the key", () => {
  write("api", `${minimal}memory: 512\n`);
  expect(problems()).toEqual([expect.objectContaining({ code: "FL1002", fix: 'Did you mean "memoryMiB"?' })]);
});

test("a list below its key is a mistake of the key", () => {
  write("api", `${minimal}healthCheck:\n  - /\n`);
  expect(problems()).toEqual([expect.objectContaining({ code: "FL1003", line: 3, column: 1 })]);
});
