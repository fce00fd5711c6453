import type { PlanResource } from "@fairlead/plan";

import { ifKnown } from "./knownValues";
import type { PlanIndex } from "./planIndex";

/** A resource that breaks a rule. */
export interface Violation {
  resource: PlanResource;
  /** What is there, and what would follow. */
  problem: string;
}

/** Something that must hold in a plan. */
export interface Rule {
  /** The control of AWS Security Hub that it implements, such as `ECS.5`; `FL.…` where it is ours. */
  control: string;
  title: string;
  /** Of what it asks that: resources of a type, or an input of theirs and its values. */
  asks: string;
  /** What mends a resource that breaks it. */
  fix: string;
  check(plan: PlanIndex): Violation[];
}

/** What is wrong with one resource; nothing where it holds the rule. */
type Check = (resource: PlanResource, plan: PlanIndex) => string | undefined | false;

/** A rule that looks at each resource of a type by itself. What depends on a value that nobody knows yet passes. */
export function each(control: string, title: string, type: string, fix: string, check: Check): Rule {
  return {
    control,
    title,
    asks: `of each ${type}`,
    fix,
    check: (plan) =>
      plan.ofType(type).flatMap((resource) => {
        const problem = ifKnown(() => check(resource, plan));
        return problem ? [{ resource, problem }] : [];
      }),
  };
}

/** A rule that one input has one of a few values. */
export function expectInput(control: string, title: string, type: string, path: string, allowed: readonly unknown[], fix: string): Rule {
  const said = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
  const rule = each(control, title, type, fix, (resource, plan) => {
    const value = plan.read(resource, path);
    return !allowed.includes(value) && `${path} is ${said(value)}`;
  });
  return { ...rule, asks: `of each ${type}: ${path} is ${allowed.map(said).join(" or ")}` };
}
