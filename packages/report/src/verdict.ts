import { bySeverity } from "@fairlead/changes";
import { grades, type JudgedDanger } from "@fairlead/review";

import { counted, listed } from "./phrases";
import { decisions } from "./heldLines";
import { isFailed, type ChangeReport, type FailedStack, type StackReport } from "./report";
import { severities } from "./severities";

/** What a reviewer must know if it is the only thing that they read. */
export interface Verdict {
  sign: string;
  /** `stop – data would be lost: prod` */
  headline: string;
  rest: string;
}

/** The verdict on a change as a whole. */
export function verdictOf(report: ChangeReport): Verdict {
  const failed = report.stacks.filter(cannotBePlanned);
  const stacks = report.stacks.filter((stack): stack is StackReport => !isFailed(stack));
  const changed = stacks.filter(({ grade }) => grade !== "nothing");
  const besides = worstOf(changed) ? ` Besides: ${ofDangers(changed)!.headline}.` : "";
  const refusal = report.notices?.find(({ refuses }) => refuses);
  if (failed.length > 0) {
    const rest = "`pulumi up` would fail the same way, and change nothing.";
    return { sign: "❌", headline: `can't be planned: ${names(failed)}`, rest: `${rest}${besides}` };
  }
  if (refusal) return { sign: "❌", headline: refusal.title, rest: `${touchedText(changed)}${besides}` };
  const refused = stacks.filter(({ mandatory, policy }) => mandatory && policy.findings.length > 0);
  if (refused.length > 0) {
    const count = refused.reduce((sum, { policy }) => sum + policy.findings.length, 0);
    const headline = `${counted(count, "mandatory rule is", "mandatory rules are")} broken in ${names(refused)}`;
    return { sign: "❌", headline, rest: `${touchedText(changed)}${besides}` };
  }
  return ofDangers(changed) ?? withoutDangers(report, stacks, changed);
}

function withoutDangers({ newlyAllowed = [] }: ChangeReport, stacks: StackReport[], changed: StackReport[]): Verdict {
  if (changed.length > 0) {
    return { sign: "✅", headline: "routine", rest: `${touchedText(changed)} Nothing is replaced or deleted that anybody would notice.` };
  }
  if (newlyAllowed.length > 0) {
    const headline = `allows ${counted(newlyAllowed.length, "danger")}, and changes nothing: ${listed([...new Set(newlyAllowed.map(({ stack }) => stack))])}`;
    const rest = `Whoever merges it decides that a later change may do this: ${decisions(newlyAllowed).join("; ")}.`;
    return { sign: "⚠️", headline, rest };
  }
  const rest = stacks.length === 1 ? "1 environment stays as it is." : `${stacks.length} environments stay as they are.`;
  return { sign: "✅", headline: "no changes", rest };
}

/** Undefined where nothing of it is more than routine. */
function ofDangers(changed: StackReport[]): Verdict | undefined {
  const first = worstOf(changed);
  if (!first) return undefined;
  const { sign, verdict: words } = severities[first.severity];
  const where = names(changed.filter(({ dangers }) => dangers.some(({ severity }) => severity === first.severity)));
  // What nothing holds any more is not what somebody has to stop.
  const isAllowed = first.grade === "stop" && changed.every(({ held }) => held.length === 0);
  const more =
    new Set(changed.flatMap(({ dangers }) => dangers.filter(({ grade }) => grade === first.grade).map(({ title }) => title))).size - 1;
  const rest = `${capitalized(first.title)}${more > 0 ? `, and ${more} more of that grade` : ""}. ${touchedText(changed)}`;
  return { sign, headline: `${first.grade}${isAllowed ? ", and allowed" : ""} – ${words}: ${where}`, rest };
}

const capitalized = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

function worstOf(changed: StackReport[]): JudgedDanger | undefined {
  return changed
    .flatMap(({ dangers }) => dangers)
    .filter(({ severity }) => severity !== "routine")
    .sort(bySeverity)[0];
}

function cannotBePlanned(stack: StackReport | FailedStack): boolean {
  return isFailed(stack) || stack.notices.some(({ refuses }) => refuses);
}

const names = (stacks: readonly { stack: string }[]) => listed(stacks.map(({ stack }) => stack));

/** `2 services change, in dev, staging and prod.` */
function touchedText(stacks: StackReport[]): string {
  if (stacks.length === 0) return "Nothing changes.";
  const services = new Set(stacks.flatMap(({ services: own }) => own.map(({ service }) => service)));
  const what =
    services.size === 0 ? "No service changes, other resources do" : counted(services.size, "service changes", "services change");
  return `${what}, in ${names(stacks)}.`;
}

/** What can't be planned first, then the gravest: that is what is read. */
export function gravestFirst(stacks: ChangeReport["stacks"]): ChangeReport["stacks"] {
  const gravity = (stack: StackReport | FailedStack) =>
    cannotBePlanned(stack) ? grades.length : grades.indexOf((stack as StackReport).grade);
  const heldIn = (stack: StackReport | FailedStack) => (isFailed(stack) ? 0 : stack.held.length);
  const worst = (stack: StackReport | FailedStack) => (isFailed(stack) ? undefined : stack.dangers[0]);
  return [...stacks].sort((a, b) => {
    const [one, other] = [worst(a), worst(b)];
    return gravity(b) - gravity(a) || (one && other ? bySeverity(one, other) : 0) || Math.sign(heldIn(b)) - Math.sign(heldIn(a));
  });
}
