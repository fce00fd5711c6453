import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

import { configFolderOf, defaultStack, planOfStack, readProject, stacksOf } from "../src";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-project-"));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write("Pulumi.yaml", "name: shop\nmain: stacks/index.js\nstackConfigDir: stacks\n");
  write("stacks/Pulumi.live.yaml", "config: { shop:a: 1 }\n");
  write("packages/policy/index.ts", "");
  write("examples/small/Pulumi.yaml", "name: shop\nmain: index.js\n");
  write("examples/small/Pulumi.small.yaml", "config: { shop:a: 2 }\n");
  write("examples/notes.md", "");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a stack is the project's own, or an example's, from wherever it is asked in the repository", () => {
  const from = join(folder, "packages/policy");
  expect(configFolderOf("live", from)).toBe(join(folder, "stacks"));
  expect(configFolderOf("small", from)).toBe(join(folder, "examples/small"));
  expect(configFolderOf("gone", from)).toBeUndefined();
  expect(readProject("small", [], from)).toMatchObject({ root: join(folder, "examples/small"), config: { "shop:a": "2" } });
});

test.each([
  ["Pulumi.yaml", "runtime: nodejs\n", /Pulumi\.yaml:1:1 {2}FL2408 {2}there is no name[^]*FL2408 {2}there is no main/],
  ["Pulumi.yaml", "name: [\n", /Pulumi\.yaml:\d:\d+ {2}FL2401 /],
  ["Pulumi.yaml", "shop\n", /Pulumi\.yaml:1:1 {2}FL2408 {2}there is no name/],
  ["Pulumi.yaml", "name: shop\nmain: [x]\n", /Pulumi\.yaml:2:7 {2}FL2408 {2}main is \["x"\][^]*fix: Name it\./],
  ["Pulumi.yaml", "name: shop\nmain: x\nstackConfigDir: [x]\n", /Pulumi\.yaml:3:17 {2}FL2408 {2}stackConfigDir is \["x"\]/],
  ["Pulumi.yaml", "name: shop\nmain: x\nstackConfigDir: gone\n", /Pulumi\.yaml:3:17 {2}FL2408 {2}there is no folder gone/],
  ["Pulumi.yaml", "name: shop\nmain: x\nstackConfigDir: Pulumi.yaml\n", /FL2408 {2}there is no folder Pulumi\.yaml/],
  ["stacks/Pulumi.live.yaml", "config:\n  aws:region:\n", /Pulumi\.live\.yaml:2:\d+ {2}FL2407 {2}aws:region has no value/],
  ["stacks/Pulumi.live.yaml", "config: text\n", /Pulumi\.live\.yaml:1:\d+ {2}FL2407 {2}the configuration is no map/],
  ["stacks/Pulumi.live.yaml", "config:\n  a: 1\n  a: 2\n", /Pulumi\.live\.yaml:3:3 {2}FL2401 {2}a key stands twice/],
])("a mistake in %s is told with its place", (file, text, expected) => {
  writeFileSync(join(folder, file), text);
  expect(() => readProject("live", [], folder)).toThrow(UserError);
  expect(() => readProject("live", [], folder)).toThrow(expected);
});

test("a program that is not there is told with the place of its name", async () => {
  expect(stacksOf(folder)).toEqual(["live"]);
  const plan = () => planOfStack(readProject("live", [], folder), "live");
  await expect(plan()).rejects.toThrow(UserError);
  await expect(plan()).rejects.toThrow(/Pulumi\.yaml:2:7 {2}FL2408 {2}there is no program stacks\/index\.js/);
});

test("what Pulumi.yaml sets for every stack counts, and a stack's own value more", () => {
  const config = ["aws:region: eu-west-1", "a: { type: integer, default: 5 }", "b: { value: [x] }", "c: { type: string }", "d: false"];
  writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nmain: main.js\nstackConfigDir: stacks\nconfig:\n  ${config.join("\n  ")}\n`);
  expect(readProject("live", ["e=1"], folder).config).toEqual({
    "aws:region": "eu-west-1",
    "shop:a": "1",
    "shop:b": '["x"]',
    "shop:d": "false",
    "shop:e": "1",
  });
});

test("a key without a namespace is the project's", () => {
  writeFileSync(join(folder, "stacks/Pulumi.live.yaml"), "config:\n  a: 2\n  token: { secure: v1:x }\n");
  expect(readProject("live", [], folder)).toMatchObject({
    config: { "shop:a": "2", "shop:token": "encrypted value of shop:token" },
    secretKeys: ["shop:token"],
  });
});

test("what else the files say is read by file and key, whatever it is", () => {
  const pulumi = "name: shop\nmain: main.js\nstackConfigDir: stacks\ndescription: A shop\nruntime: nodejs\noptions: { refresh: always }\n";
  writeFileSync(join(folder, "Pulumi.yaml"), `${pulumi}backend: { url: s3://states, more: 1 }\n`);
  writeFileSync(join(folder, "stacks/Pulumi.live.yaml"), "secretsprovider: awskms://a\nenvironment: [shop/live]\nconfig:\n  a: 2\n");
  expect(readProject("live", [], folder).besides).toEqual({
    "Pulumi.yaml runtime": "nodejs",
    "Pulumi.yaml options": { refresh: "always" },
    "Pulumi.yaml backend": { more: 1 },
    "Pulumi.live.yaml secretsprovider": "awskms://a",
    "Pulumi.live.yaml environment": ["shop/live"],
  });
});

test("in an example there are its own stacks alone", () => {
  const from = join(folder, "examples/small");
  expect(configFolderOf("small", from)).toBe(from);
  expect(configFolderOf("live", from)).toBeUndefined();
  expect(() => readProject("live", [], from)).toThrow('There is no stack "live". Stacks: small.');
});

test("where no stack is named, it is the first environment, or the only stack of a project without environments", () => {
  expect(defaultStack(join(folder, "examples/small"))).toBe("small");
  writeFileSync(join(folder, "stacks/environments.json"), '{ "environments": ["trial", "live"] }');
  expect(defaultStack(folder)).toBe("trial");
  writeFileSync(join(folder, "stacks/environments.json"), '{ "environments": "live" }');
  expect(() => defaultStack(folder)).toThrow(/environments\.json:1:19 {2}FL2405 /);
  rmSync(join(folder, "stacks"), { recursive: true });
  mkdirSync(join(folder, "stacks"));
  expect(() => defaultStack(folder)).toThrow(`There is no stack in ${join(folder, "stacks")}.`);
});

test("which major versions of providers npm installs is read from its lock file, and nothing of one that can't be read", () => {
  const lock = (text: string) => writeFileSync(join(folder, "package-lock.json"), text);
  const majors = (stack: string) =>
    Object.entries(readProject(stack, [], folder).besides!).filter(([key]) => key.startsWith("package-lock"));
  expect(majors("live")).toEqual([]);
  lock(
    JSON.stringify({
      packages: {
        "node_modules/@pulumi/aws": { version: "7.1.2" },
        "node_modules/a/node_modules/@pulumi/aws": { version: "6.0.0" },
        "": {},
        x: 1,
      },
    }),
  );
  for (const stack of ["live", "small"]) expect(majors(stack)).toEqual([["package-lock.json @pulumi/aws", 7]]);
  for (const text of ["{", "[]", '{"packages":[]}', '{"packages":{"node_modules/@pulumi/aws":null}}']) {
    lock(text);
    expect(majors("live")).toEqual([]);
  }
});
