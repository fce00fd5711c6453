import { listenerRuleQuota } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** Counts the rules that a stack adds to a listener. */
export class RuleCount {
  private rules = 0;

  constructor(private readonly maxRules: number = listenerRuleQuota) {}

  /** @throws pulumi.InputPropertiesError when there is no room for another */
  add(): void {
    if (++this.rules <= this.maxRules) return;
    const reason = `more than ${this.maxRules} rules on one load balancer: put services behind a second one, or have the quota raised`;
    throw new pulumi.InputPropertiesError({ message: "LoadBalancer", errors: [{ propertyPath: "routes", reason }] });
  }
}
