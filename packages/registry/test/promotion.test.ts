import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promotionChanges, promotionFile, readPromotions, writePromotions, type Promotion } from "@fairlead/images";
import { embeddedPlan } from "@fairlead/plan";

import { PromotedImage, Repository } from "../src";

const digest = (character: string) => `sha256:${character.repeat(64)}`;
const release = (character: string) => ({
  image: `example.test/staging/api@${digest(character)}`,
  tag: `1.0.0-${character}`,
  platforms: ["linux/arm64" as const],
  revision: character,
});
const decision = { from: "staging", by: "Ada Lovelace <ada@example.test>", at: "2026-11-21T12:32:00Z" };
const promotion: Promotion = { ...release("a"), ...decision };
const folder = () => mkdtempSync(join(tmpdir(), "fairlead-promotions-"));

test("what was written is read back, and says what it is", () => {
  const at = folder();
  expect(readPromotions(at, "prod")).toEqual({});
  writePromotions(at, "prod", { web: promotion, api: promotion });
  expect(readPromotions(at, "prod")).toEqual({ api: promotion, web: promotion });
  expect(readFileSync(promotionFile(at, "prod"), "utf8")).toMatch(/^# What prod takes over [^]*\nservices:\n {2}api:\n/);
});

test("a file without digests is refused", () => {
  const at = folder();
  writeFileSync(promotionFile(at, "prod"), "services:\n  api:\n    image: example.test/api:1.0.0\n    tag: 1.0.0\n    platforms: []\n");
  expect(() => readPromotions(at, "prod")).toThrow(/FL2011 .*services\.api needs image \(with @sha256:…\)/);
  writeFileSync(promotionFile(at, "prod"), "services: [\n");
  expect(() => readPromotions(at, "prod")).toThrow(/FL2011 .*promotions\.prod\.yaml: .* at line/);
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

test("a promoted image is copied under its own tag and one that says who and when, and keeps its digest", async () => {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "prod",
    config: {},
    program: () => {
      const repository = new Repository("api", { repositoryName: "prod/api" });
      return { reference: new PromotedImage("api", { repository, promotion }).reference };
    },
  });
  const copy = plan.resources.find(({ type }) => type.endsWith(":ImageCopy"))!;
  expect(copy.inputs).toMatchObject({
    from: promotion.image,
    tags: ["1.0.0-a", "promoted-from-staging-20261121T123200Z-by-Ada-Lovelace"],
  });
  expect(copy.options.retainOnDelete).toBe(true);
  expect(plan.outputs.reference).toMatch(new RegExp(`@${digest("a")}$`));
});
