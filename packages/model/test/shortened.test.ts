import { firstFew, printableJson, shortCommit, shortDigest, stackOfFile, stacksAmong } from "../src";

test("digests and commits are shortened to what people tell them apart by", () => {
  expect(shortDigest(`sha256:${"0a1b2c3d4e5f".repeat(6)}`)).toBe("sha256:0a1b2c3d4e5f");
  expect(shortCommit("0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b")).toBe("0a1b2c3");
});

test("a list is told by its first few, and how many there are besides", () => {
  expect(firstFew(["a", "b"], 2)).toBe("a, b");
  expect(firstFew(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
});

test("stacks are those that have a configuration file", () => {
  expect(stackOfFile("stacks/Pulumi.dev.payments.yaml")).toBe("dev.payments");
  expect(stackOfFile("Pulumi.yaml/service.yaml")).toBeUndefined();
  expect(stacksAmong(["prod.ts", "Pulumi.prod.yaml", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.dev.yaml.orig"])).toEqual(["dev", "prod"]);
});

test("JSON steers nothing, and is parsed to what it was", () => {
  const value = { a: "\x9b2J##[error]##vso[x]\u202eb\u2028::error::x\n\x1b[31m", b: "é😀" };
  const text = printableJson(value);
  expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028]|##\[|##vso/);
  expect(text).toContain("é😀");
  expect(JSON.parse(text)).toEqual(value);
});
