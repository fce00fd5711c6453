import { comparePlans, nounOf } from "@fairlead/changes";
import { reviewedChanges } from "@fairlead/cli/testing/reviewed/reviewedChanges";
import { PlannedChanges, type PlannedChange } from "@fairlead/cli/testing/written/plannedChanges";
import { SandboxError, step } from "../progress";

import { awsPlugin } from "../aws/plugins";
import { expectEqual, report } from "../expectations";
import { verdictOf, type Verdict } from "./agreement";
import { AwsProvider } from "./awsProvider";
import { deviations } from "./deviations";
import { ProviderPlan, type Asking } from "./providerPlan";
import { StoredStates } from "./storedStates";

/** One resource of one of the changes. */
interface Judged {
  change: string;
  stack: string;
  asking: Asking;
  verdict: Verdict;
}

/**
 * What becomes of each resource of the 120 reviewed changes, by the comparison of plans and by the provider's own plan: the same operation, forced by
 * the same arguments, wherever both can tell.
 */
export async function checkReviewed(env: NodeJS.ProcessEnv): Promise<void> {
  const plugin = await awsPlugin();
  report(`AWS is judged by ${plugin.title}.`);
  const provider = await step("The provider, without AWS", () => AwsProvider.start(plugin, env));
  const planned = new PlannedChanges();
  // What the programs warn of is nothing of the provider's.
  console.warn = () => undefined;
  try {
    const states = new StoredStates(provider);
    const judged = await step(`${reviewedChanges.length} changes, planned and asked of it`, async () => {
      const all: Judged[] = [];
      for (const change of reviewedChanges)
        all.push(...(await planned.each(change, (stack) => judge(change.id, stack, states, provider))).flat());
      return all;
    });
    tell(judged);
  } finally {
    provider.stop();
    planned.remove();
  }
}

async function judge(
  change: string,
  { stack, before, after, read }: PlannedChange,
  states: StoredStates,
  provider: AwsProvider,
): Promise<Judged[]> {
  if (!before || !after || "failure" in before || "failure" in after) throw new SandboxError(`${change} can't be planned in ${stack}.`);
  const [was, is] = (["before", "after"] as const).map((side) => read(side).config["aws:region"]);
  const changes = comparePlans(before.plan, after.plan, was === is ? is : undefined);
  const askings = await new ProviderPlan(changes, states, provider).make();
  return askings.map((asking) => ({ change, stack, asking, verdict: verdictOf(asking) }));
}

function tell(judged: readonly Judged[]): void {
  const agreed = judged.filter(({ verdict }) => verdict.is === "agreed");
  const disagreed = judged.filter(({ verdict }) => verdict.is === "disagreed");
  const unanswered = judged.filter(({ verdict }) => verdict.is === "unanswered");
  const changes = (some: readonly Judged[]) => new Set(some.map(({ change }) => change)).size;
  report(
    `${reviewedChanges.length} changes; in ${changes(judged)} of them the provider was asked about ${judged.length} resources that stay`,
  );
  report(`${agreed.length} it judges as the plans do, ${disagreed.length} otherwise`);
  report(`in the other ${reviewedChanges.length - changes(judged)} changes nothing of AWS's stays and changes`);
  for (const [why, some] of grouped(unanswered, whyNot)) report(`not answered, ${some.length} times: ${why}`);
  const unexplained = disagreed.filter((one) => deviations[keyOf(one)] === undefined);
  for (const one of disagreed) if (deviations[keyOf(one)]) report(`otherwise, and why: ${keyOf(one)}: ${deviations[keyOf(one)]}`);
  expectEqual("the provider's plan of the 120 changes says what ours says", unexplained.map(textOf), []);
  const stale = Object.keys(deviations).filter((key) => !disagreed.some((one) => keyOf(one) === key));
  expectEqual("each deviation that is explained is still there", stale, []);
}

const keyOf = ({ change, asking }: Judged) => `${change} ${asking.change.type} ${asking.change.name}`;

function textOf(one: Judged): string {
  const { verdict } = one;
  return verdict.is === "disagreed" ? `${one.stack} ${keyOf(one)}: ${verdict.ours}, and the provider: ${verdict.theirs}` : keyOf(one);
}

function whyNot({ verdict, asking }: Judged): string {
  if (verdict.is !== "unanswered") return "";
  return `${verdict.by === "plans" ? "the plans can't tell" : "the provider can't tell"}: ${nounOf(asking.change.type)}: ${verdict.why}`;
}

function grouped<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOfItem(item), [...(groups.get(keyOfItem(item)) ?? []), item]);
  return groups;
}
