import type { Promotion } from "@fairlead/images";
import { embeddedPlan } from "@fairlead/plan";

import { PromotedImage, Repository } from "../src";

const digest = (character: string) => `sha256:${character.repeat(64)}`;
const promotion: Promotion = {
  image: `example.test/staging/api@${digest("a")}`,
  tag: "1.0.0-a",
  platforms: ["linux/arm64"],
  revision: "a",
  from: "staging",
  by: "Ada Lovelace <ada@example.test>",
  at: "2026-11-21T12:32:00Z",
};

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
