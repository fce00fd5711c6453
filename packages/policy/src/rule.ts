import type { PlanResource } from "@fairlead/plan";

import { ifKnown } from "./knownValues";
import type { PlanIndex } from "./planIndex";

/** A resource that breaks a rule. */
export interface Violation {
  resource: PlanResource;
  /** What is there, and what would follow. */
  problem: string;
  fix: string;
}

/** Something that must hold in a plan. */
export interface Rule {
  /** The control of AWS Security Hub that it implements, such as `ECS.5`; `FL.…` where it is ours. */
  control: string;
  title: string;
  check(plan: PlanIndex): Violation[];
}

/** What one resource breaks: nothing, or what and how to mend it. */
type Check = (resource: PlanResource, plan: PlanIndex) => { problem: string; fix: string } | undefined | false;

/** A rule that looks at each resource of a type by itself. What depends on a value that nobody knows yet passes. */
export function each(control: string, title: string, type: string, check: Check): Rule {
  return {
    control,
    title,
    check: (plan) =>
      plan.ofType(type).flatMap((resource) => {
        const found = ifKnown(() => check(resource, plan));
        return found ? [{ resource, ...found }] : [];
      }),
  };
}

/** A rule that one input has one of a few values. */
export function expectInput(control: string, title: string, type: string, path: string, allowed: readonly unknown[], fix: string): Rule {
  return each(control, title, type, (resource, plan) => {
    const value = plan.read(resource, path);
    if (allowed.includes(value)) return undefined;
    return { problem: `${path} is ${value === undefined ? "not set" : JSON.stringify(value)}`, fix };
  });
}
