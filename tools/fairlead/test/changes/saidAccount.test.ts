import { readProject } from "@fairlead/plan";
import { compareResults } from "@fairlead/report";

import { plansOf } from "../../testing/changes";
import { FixtureRepository } from "../../testing/fixtureRepository";

const [unsaid, said] = [new FixtureRepository(), new FixtureRepository()];
afterAll(() => [unsaid, said].forEach((repository) => repository.remove()));

test("to say which account a stack is in moves nothing, and to say it no longer is told as what it is", async () => {
  said.edit("stacks/Pulumi.prod.yaml", (text) =>
    text.replace(/^ +aws:region: .*\n/m, (line) => `${line}  aws:allowedAccountIds: ["333333333333"]\n`),
  );
  const plans = new Map(
    await Promise.all([unsaid, said].map(async (repository) => [repository, await plansOf(repository, ["prod"])] as const)),
  );
  const compare = (before: FixtureRepository, after: FixtureRepository) =>
    compareResults("prod", plans.get(before)!.get("prod"), plans.get(after)!.get("prod"), (side) =>
      readProject("prod", [], (side === "before" ? before : after).folder),
    );
  expect(compare(unsaid, said)).toMatchObject({ dangers: [] });
  expect(compare(said, unsaid)).toMatchObject({
    grade: "look",
    dangers: [{ severity: "lessProtected", forcedBy: ["aws:allowedAccountIds"] }],
  });
});
