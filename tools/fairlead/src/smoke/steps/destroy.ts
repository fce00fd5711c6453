import { setTimeout as sleep } from "node:timers/promises";

import { StepFailure, type SmokeRun, type SmokeStep } from "../model";

/** The stack goes, and nothing of it is left. */
export const destroySteps: SmokeStep[] = [
  {
    title: "destroy",
    expectation: "`pulumi destroy` deletes everything, and the state is empty.",
    minutes: 25,
    cleansUp: true,
    perform: async ({ pulumi }: SmokeRun) => {
      await pulumi.change("destroy");
      const left = await pulumi.resources();
      if (left.length > 0) throw new StepFailure(`The state still has:\n${left.map(({ urn }) => urn).join("\n")}`);
      return "The state is empty.";
    },
  },
  {
    title: "nothing left",
    expectation: "No resource has the run's tag any more, but for what is kept on purpose.",
    minutes: 10,
    cleansUp: true,
    perform: nothingLeft,
  },
];

/** What stays by intention, by its ARN. docs/environments.md says why. */
const kept: { arn: RegExp; what: string }[] = [
  { arn: /:ecs:.*:task-definition\//, what: "task definition, which costs nothing" },
  { arn: /:kms:.*:key\//, what: "KMS key, which AWS deletes after 30 days" },
  { arn: /:rds:.*:cluster-snapshot:rds:/, what: "automated snapshot, which AWS deletes when its days are over" },
  { arn: /:rds:.*:cluster-snapshot:(?!rds:)/, what: "last snapshot of a database: delete it where nobody needs it" },
  { arn: /:ecr:.*:repository\//, what: "repository that keeps its images: delete it where nobody needs them" },
];

/** For how long AWS is asked: its tags are forgotten some time after their resource. */
const [minutes, secondsBetween] = [10, 30];

async function nothingLeft(run: SmokeRun): Promise<string> {
  const regions = regionsOf(run);
  const until = Date.now() + minutes * 60_000;
  for (;;) {
    const arns = (await Promise.all(regions.map((region) => run.account.taggedWith(run.id, region)))).flat();
    const inactive = new Set(await run.account.inactive(arns));
    const unwanted = arns.filter((arn) => !inactive.has(arn) && !kept.some((each) => each.arn.test(arn)));
    if (unwanted.length === 0) return `No resource has the tag in ${regions.join(" and ")}.${keptText(arns)}`;
    // An emulator forgets at once.
    if (run.emulator !== undefined || run.interrupted() || Date.now() > until) {
      throw new StepFailure(`These resources have the run's tag:\n${unwanted.join("\n")}${keptText(arns)}`);
    }
    await sleep(secondsBetween * 1000);
  }
}

function keptText(arns: readonly string[]): string {
  const lines = kept.flatMap(({ arn, what }) => arns.filter((each) => arn.test(each)).map((each) => `${each}: ${what}`));
  return lines.length > 0 ? `\nKept on purpose:\n${lines.join("\n")}` : "";
}

/** The stack's, and those of resources that are elsewhere, such as a certificate of CloudFront's. */
function regionsOf({ plan, region }: SmokeRun): string[] {
  return [
    ...new Set([region, ...plan.resources.flatMap(({ inputs }) => (typeof inputs.region === "string" ? [inputs.region] : []))]),
  ].sort();
}
