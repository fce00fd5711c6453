import { firstFew } from "@fairlead/model";

import { ifKnown } from "../knownValues";
import type { PlanIndex } from "../planIndex";
import type { Rule, Violation } from "../rule";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

interface Statement {
  Effect: string;
  Action?: string | string[];
  Resource?: string | string[];
}

/**
 * Actions for which AWS knows no resource to name.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const withoutResources = [
  /^ecr:GetAuthorizationToken$/,
  /^ssmmessages:/,
  /^logs:DescribeLogGroups$/,
  /^xray:(Put|Get)/,
  /^cloudwatch:PutMetricData$/,
  /^ec2:Describe/,
  /^sts:GetCallerIdentity$/,
  /^ssm:DescribeParameters$/,
];

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());

/** A rule on each statement of each role's policy. */
function eachStatement(control: string, title: string, fix: string, check: (statement: Statement) => string | undefined): Rule {
  const find = (plan: PlanIndex): Violation[] =>
    plan.ofType(rolePolicy).flatMap((resource) =>
      (ifKnown(() => plan.json<{ Statement: Statement[] }>(resource, "policy")?.Statement) ?? []).flatMap((statement) => {
        const problem = ifKnown(() => check(statement));
        return problem ? [{ resource, problem }] : [];
      }),
    );
  return { control, title, asks: `of each statement of each ${rolePolicy}`, fix, check: find };
}

export const iamRules: Rule[] = [
  eachStatement("IAM.21", "Roles have no wildcard actions", "Name the actions that are needed.", ({ Effect, Action }) => {
    const wild = list(Action).filter((action) => /^(\*|[a-z0-9-]+:\*)$/.test(action));
    return Effect === "Allow" && wild.length > 0 ? `it allows ${wild.join(", ")}` : undefined;
  }),
  eachStatement("FL.IAM.1", "Roles name the resources that they are for", "Name the resources.", ({ Effect, Action, Resource }) => {
    const nameable = list(Action).filter((action) => !withoutResources.some((pattern) => pattern.test(action)));
    return Effect === "Allow" && list(Resource).includes("*") && nameable.length > 0
      ? `it allows ${firstFew(nameable, 5)} on every resource`
      : undefined;
  }),
];
