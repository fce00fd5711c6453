import { AwsFailure } from "../awsCall";
import { remainsOf } from "../deletedResources";
import { backedUpClustersIn, keptOnPurpose } from "../keptOnPurpose";
import { StepFailure, type SmokeRun, type SmokeStep } from "../model";
import { smokeTag } from "../smokeTag";
import { regionsOf, taggedResources } from "../taggedResources";

/** The stack goes, and nothing of it is left. */
export const destroySteps: SmokeStep[] = [
  {
    title: "destroy",
    expectation: "`pulumi destroy` deletes everything, and the state is empty.",
    minutes: 25,
    cleansUp: true,
    perform: async (run: SmokeRun) => {
      const { pulumi } = run;
      run.backedUpClusters = backedUpClustersIn(await pulumi.resources());
      await pulumi.change("destroy");
      const left = await pulumi.resources();
      if (left.length > 0) throw new StepFailure(`The state still has:\n${left.map(({ urn }) => urn).join("\n")}`);
      return "The state is empty.";
    },
  },
  {
    title: "nothing left",
    expectation:
      "No resource has the run's tag any more, but for what the stack keeps on purpose and what AWS has deleted and still shows.",
    minutes: 10,
    cleansUp: true,
    perform: nothingLeft,
  },
];

/** For how long AWS is asked: its tags are forgotten some time after their resource. */
const [minutes, secondsBetween] = [10, 30];

async function nothingLeft(run: SmokeRun): Promise<string> {
  const regions = regionsOf(run.plan, run.region);
  for (let waited = 0; ; waited += secondsBetween) {
    const { unwanted, kept } = await leftOf(run);
    const keptText = kept.length > 0 ? `\nKept on purpose:\n${kept.join("\n")}` : "";
    if (unwanted.length === 0) return `No resource has the tag in ${regions.join(" and ")}, and no role.${keptText}`;
    // An emulator forgets at once.
    if (run.emulator !== undefined || run.interrupted() || waited >= minutes * 60) {
      throw new StepFailure(`These resources have the run's tag:\n${unwanted.join("\n")}${keptText}`);
    }
    await run.wait(secondsBetween);
  }
}

async function leftOf({ account, id, plan, region, backedUpClusters }: SmokeRun): Promise<{ unwanted: string[]; kept: string[] }> {
  const purposes = keptOnPurpose(plan, backedUpClusters);
  try {
    const arns = await taggedResources(account, id, plan, region);
    const remains = await remainsOf(account, arns);
    const left = arns
      .filter((arn) => remains.get(arn) !== "deleted")
      .map((arn) => {
        const until = remains.get(arn);
        return {
          arn,
          why: typeof until === "object" ? `AWS deletes it on ${until.until}` : purposes.find((each) => each.arn.test(arn))?.what,
        };
      });
    return {
      unwanted: left.flatMap(({ arn, why }) => (why === undefined ? [arn] : [])),
      kept: left.flatMap(({ arn, why }) => (why === undefined ? [] : [`${arn}: ${why}`])),
    };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    throw new StepFailure(`${error.message} It is not known what is left: look for the tag ${smokeTag}=${id}.`);
  }
}
