import { matchesPattern, type Plan } from "@fairlead/plan";

import type { PolicyException } from "./exceptions";
import { ownReason } from "./ownExceptions";
import { PlanIndex } from "./planIndex";
import { rules } from "./rules";

/** A rule that a resource breaks. */
export interface Finding {
  control: string;
  title: string;
  urn: string;
  type: string;
  name: string;
  problem: string;
  fix: string;
  /** Why it may; undefined where nothing excepts it. */
  exception?: string;
  /** Whose reason that is: the stack's, or that of the component which makes the resource. */
  exceptedBy?: "stack" | "component";
}

/** What the rules say of a plan. */
export interface Evaluation {
  /** Broken, and not excepted. */
  findings: Finding[];
  /** Broken, and excepted. */
  excepted: Finding[];
  /** Exceptions of this stack that excepted nothing: the reason is gone, so they should be as well. */
  unused: PolicyException[];
}

const everyStack = "*";

/** Runs all rules on a plan. What our own components make against a rule is excepted with the reason that they have for it. */
export function evaluate(plan: Pick<Plan, "stack" | "resources">, exceptions: readonly PolicyException[] = []): Evaluation {
  const index = new PlanIndex(plan);
  const ofStack = exceptions.filter(({ stack }) => stack === plan.stack || stack === everyStack);
  const used = new Set<PolicyException>();
  const all = rules.flatMap(({ control, title, fix, check }) =>
    check(index).map(({ resource, problem }): Finding => {
      const exception = ofStack.find((candidate) => candidate.control === control && matchesPattern(candidate.resource, resource));
      if (exception) used.add(exception);
      const reason = exception?.reason ?? ownReason(control, resource);
      const { urn, type, name } = resource;
      return {
        control,
        title,
        urn,
        type,
        name,
        problem,
        fix,
        ...(reason !== undefined && { exception: reason, exceptedBy: exception ? ("stack" as const) : ("component" as const) }),
      };
    }),
  );
  return {
    findings: all.filter(({ exception }) => exception === undefined),
    excepted: all.filter(({ exception }) => exception !== undefined),
    // One for every stack may well be needed in another.
    unused: ofStack.filter((exception) => exception.stack !== everyStack && !used.has(exception)),
  };
}
