import { isMap } from "@fairlead/model";
import { referencesIn } from "@fairlead/plan";

import type { Answerer } from "./answerers";
import type { Outcome, Target } from "./model";
import { guardsOfActions } from "./readGuards";

const unknown = (reason: string): Outcome => ({ kind: "unknown", reason });

/** AWS's own values of what a redirect leaves out. */
const same = { protocol: "#{protocol}", host: "#{host}", port: "#{port}", path: "/#{path}", query: "#{query}" };

/**
 * What the actions of a rule, or of a listener, do with a request. Those before the last only let it through or not: they are its guards.
 *
 * @param areShifted whether deployments move the weights, so that the program's say nothing
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
export function outcomeOf(actions: unknown, answererOf: (targetGroupArn: unknown) => Answerer | undefined, areShifted: boolean): Outcome {
  if (!Array.isArray(actions) || actions.length === 0 || !actions.every(isMap)) return unknown("its actions are known only after apply");
  const ordered = [...actions].sort((a, b) => orderOf(a) - orderOf(b));
  const action = ordered.at(-1)!;
  switch (action.type) {
    case "forward":
      return guarded(forwarded(action, answererOf, areShifted), ordered);
    case "redirect":
      return redirected(action.redirect);
    case "fixed-response":
      return answeredAlone(action.fixedResponse);
    default:
      return unknown("what it does is known only after apply");
  }
}

function guarded(outcome: Outcome, actions: readonly Record<string, unknown>[]): Outcome {
  const guards = guardsOfActions(actions);
  return outcome.kind === "forward" && guards.length > 0 ? { ...outcome, guards } : outcome;
}

/** The provider numbers actions by their place where nobody did. */
function orderOf({ order }: Record<string, unknown>): number {
  return typeof order === "number" ? order : Number.MAX_SAFE_INTEGER;
}

/** A group with the weight 0 gets nothing while another has more. */
function forwarded(
  { targetGroupArn, forward }: Record<string, unknown>,
  answererOf: (targetGroupArn: unknown) => Answerer | undefined,
  areShifted: boolean,
): Outcome {
  const groups = isMap(forward) && Array.isArray(forward.targetGroups) ? forward.targetGroups : [{ arn: targetGroupArn }];
  if (!groups.every(isMap)) return unknown("its target groups are known only after apply");
  const read = groups.map(({ arn, weight = 1 }) => ({ answerer: answererOf(arn), targetGroup: targetGroupOf(arn), weight }));
  const weights = read.map(({ weight }) => (typeof weight === "number" ? weight : NaN));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const targets: Target[] = [];
  for (const [index, { answerer, targetGroup }] of read.entries()) {
    const share = groups.length === 1 && weights[index] !== 0 ? 1 : areShifted ? undefined : weights[index]! / sum;
    if (share === 0) continue;
    if (!answerer) return unknown("its target group is known only after apply");
    if (Number.isNaN(share)) return unknown("its weights are known only after apply, or all 0");
    targets.push({ ...answerer, targetGroup, share });
  }
  return { kind: "forward", targets };
}

function targetGroupOf(arn: unknown): string | undefined {
  return typeof arn === "string" ? arn : referencesIn(arn)[0]?.urn;
}

function answeredAlone(fixedResponse: unknown): Outcome {
  const { statusCode, contentType, messageBody } = isMap(fixedResponse) ? fixedResponse : {};
  if (!Number.isInteger(Number(statusCode))) return unknown("its status is known only after apply");
  return {
    kind: "fixedResponse",
    statusCode: Number(statusCode),
    ...(typeof contentType === "string" && { contentType }),
    ...(typeof messageBody === "string" && { messageBody }),
  };
}

function redirected(redirect: unknown): Outcome {
  const { statusCode, ...given } = isMap(redirect) ? redirect : {};
  const to = { ...same };
  for (const word of Object.keys(same) as (keyof typeof same)[]) {
    const value = given[word] ?? same[word];
    if (typeof value !== "string" || value.includes("${urn:")) return unknown("where it redirects to is known only after apply");
    to[word] = value;
  }
  if (typeof statusCode !== "string") return unknown("how it redirects is known only after apply");
  return { kind: "redirect", statusCode: statusCode.replace(/^HTTP_/, ""), to };
}
