import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

import { promotionChanges, promotionFile, readPromotions, writePromotions, type Promotion } from "../src";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-promotions-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const digest = (character: string) => `sha256:${character.repeat(64)}`;
const release = (character: string) => ({
  image: `example.test/staging/api@${digest(character)}`,
  tag: `1.0.0-${character}`,
  platforms: ["linux/arm64" as const],
  revision: character,
});
const decision = { from: "staging", by: "Ada Lovelace <ada@example.test>", at: "2026-11-21T12:32:00Z" };
const promotion: Promotion = { ...release("a"), ...decision };

test("what was written is read back, and says what it is", () => {
  expect(readPromotions(folder, "prod")).toEqual({});
  writePromotions(folder, "prod", { web: promotion, api: promotion });
  expect(readPromotions(folder, "prod")).toEqual({ api: promotion, web: promotion });
  expect(readFileSync(promotionFile(folder, "prod"), "utf8")).toMatch(/^# What prod takes over [^]*\nservices:\n {2}api:\n/);
});

test.each([
  [
    "services:\n  api:\n    image: example.test/api:1.0.0\n    platforms: []\n  web: 3\n",
    [
      /promotions\.prod\.yaml:2:3 {2}FL2011 {2}api has no image \(with @sha256:…\), no tag\n/,
      /promotions\.prod\.yaml:5:8 {2}FL2011 {2}web has no image \(with @sha256:…\), no tag, no platforms\n/,
    ],
  ],
  ["services: [\n", [/promotions\.prod\.yaml:\d:\d+ {2}FL2011 {2}this is not YAML/]],
  ["services: all\n", [/promotions\.prod\.yaml:1:11 {2}FL2011 {2}services is "all"/]],
])("%j is refused, with all problems and their places", (text, refused) => {
  writeFileSync(promotionFile(folder, "prod"), text);
  expect(() => readPromotions(folder, "prod")).toThrow(UserError);
  for (const expected of refused) expect(() => readPromotions(folder, "prod")).toThrow(expected);
});

test("only another digest is a change", () => {
  const moved = { ...release("a"), image: `other.test/api@${digest("a")}` };
  expect(promotionChanges({ api: promotion }, { api: moved })).toEqual([]);
  const changes = promotionChanges({ api: promotion }, { web: release("c"), api: release("b") });
  expect(changes.map(({ service, before, after }) => [service, before?.tag, after.tag])).toEqual([
    ["api", "1.0.0-a", "1.0.0-b"],
    ["web", undefined, "1.0.0-c"],
  ]);
});
