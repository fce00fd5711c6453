import type { PlanIndex } from "../planIndex";
import type { Rule, Violation } from "../rule";

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
];

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());

function statementsOf(plan: PlanIndex): { resource: Violation["resource"]; statement: Statement }[] {
  return plan
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .flatMap((resource) =>
      (plan.json<{ Statement: Statement[] }>(resource, "policy")?.Statement ?? []).map((statement) => ({ resource, statement })),
    );
}

export const iamRules: Rule[] = [
  {
    control: "IAM.21",
    title: "Roles have no wildcard actions",
    check: (plan) =>
      statementsOf(plan).flatMap(({ resource, statement: { Effect, Action } }) => {
        const wild = list(Action).filter((action) => /^(\*|[a-z0-9-]+:\*)$/.test(action));
        return Effect === "Allow" && wild.length > 0
          ? [{ resource, problem: `it allows ${wild.join(", ")}`, fix: "Name the actions that are needed." }]
          : [];
      }),
  },
  {
    control: "FL.IAM.1",
    title: "Roles name the resources that they are for",
    check: (plan) =>
      statementsOf(plan).flatMap(({ resource, statement: { Effect, Action, Resource } }) => {
        const nameable = list(Action).filter((action) => !withoutResources.some((pattern) => pattern.test(action)));
        return Effect === "Allow" && list(Resource).includes("*") && nameable.length > 0
          ? [{ resource, problem: `it allows ${nameable.join(", ")} on every resource`, fix: "Name the resources." }]
          : [];
      }),
  },
];
