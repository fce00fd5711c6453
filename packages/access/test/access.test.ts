import { roleServices } from "@fairlead/foundation";
import { embeddedPlan, type Plan } from "@fairlead/plan";
import type { InputPropertiesError } from "@pulumi/pulumi";

import { allows, GitHubActionsAccess, type GitHubActionsAccessArgs } from "../src";

const planOf = (args: Partial<GitHubActionsAccessArgs> = {}) =>
  embeddedPlan({
    project: "shop",
    stack: "access",
    config: { "aws:region": "us-east-1" },
    program: () =>
      void new GitHubActionsAccess("shop", { repository: "example/infrastructure", environments: ["staging", "prod"], ...args }),
  });

const ofType = ({ resources }: Plan, type: string) => resources.filter((resource) => resource.type === type);
const roles = (plan: Plan) => new Map(ofType(plan, "aws:iam/role:Role").map(({ name, inputs }) => [name, inputs]));

interface Trust {
  Statement: { Principal: object; Action: string; Condition: { StringEquals: Record<string, string> } }[];
}
const trustOf = (inputs: Record<string, unknown>) => (JSON.parse(String(inputs.assumeRolePolicy)) as Trust).Statement;

test("each role trusts one subject of one repository, for AWS alone, and never a pattern", async () => {
  const plan = await planOf();
  const subjects = [...roles(plan)].map(([name, inputs]) => {
    const [statement, ...others] = trustOf(inputs);
    expect(others).toEqual([]);
    expect(Object.keys(statement!.Condition)).toEqual(["StringEquals"]);
    expect(statement!.Condition.StringEquals["token.actions.githubusercontent.com:aud"]).toBe("sts.amazonaws.com");
    return [name, statement!.Condition.StringEquals["token.actions.githubusercontent.com:sub"]];
  });
  expect(Object.fromEntries(subjects)).toEqual({
    "shop-preview": "repo:example/infrastructure:pull_request",
    "shop-drift": "repo:example/infrastructure:ref:refs/heads/main",
    "shop-deploy-staging": "repo:example/infrastructure:environment:staging",
    "shop-deploy-prod": "repo:example/infrastructure:environment:prod",
  });
  expect(JSON.stringify(subjects)).not.toContain("*");
});

test("a preview can change nothing: each of its actions reads, but for the lock of the state", async () => {
  const plan = await planOf({ backend: { bucketArn: "arn:aws:s3:::state", kmsKeyArn: "arn:aws:kms:us-east-1:1:key/k" } });
  const policy = ofType(plan, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "shop-preview")!;
  const { Statement } = JSON.parse(String(policy.inputs.policy)) as { Statement: { Action: string | string[]; Resource: string }[] };
  const writing = Statement.filter(({ Action }) => [Action].flat().some((action) => !/:(Get|List|Describe|Decrypt)/.test(action)));
  expect(writing).toEqual([
    { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::state/.pulumi/locks/*" },
  ]);
  expect(ofType(plan, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ name }) => name)).not.toContain(
    expect.stringMatching("shop-preview"),
  );
});

test("a boundary is demanded of every role that a deployment makes", async () => {
  const plan = await planOf({ permissionsBoundaryArn: "arn:aws:iam::1:policy/boundary" });
  const policy = ofType(plan, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "shop-deploy-prod")!;
  expect(policy.inputs.policy).toContain('"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::1:policy/boundary"}');
});

test("a deployment may touch the roles of its own stack, and neither another stack's nor those of workflows", async () => {
  const policies = ofType(await planOf(), "aws:iam/rolePolicy:RolePolicy");
  const staging = String(policies.find(({ name }) => name === "shop-deploy-staging")!.inputs.policy);
  // Denied, so that a policy that somebody adds changes nothing of it.
  const administrator = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole", "iam:PassRole"]) {
    expect([action, allows(staging, action, role("fairlead/staging/api-task-1a2b3c4"))]).toEqual([action, true]);
    for (const other of ["fairlead/prod/api-task-1a2b3c4", "shop-deploy-prod-1a2b3c4", "shop-deploy-staging-1a2b3c4", "admin"])
      expect([action, other, allows([staging, administrator], action, role(other))]).toEqual([action, other, false]);
  }
  expect(allows([staging, administrator], "iam:CreateUser", "arn:aws:iam::123456789012:user/me")).toBe(false);
  expect(allows([staging, administrator], "iam:GetRole", role("admin"))).toBe(true);
});

test("a deployment may pass roles to the services that components make roles for, and to no others", async () => {
  const plan = await planOf();
  const policy = ofType(plan, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "shop-deploy-prod")!;
  const { Statement } = JSON.parse(String(policy.inputs.policy)) as {
    Statement: { Effect: string; Action: unknown; Condition?: { StringEquals: object } }[];
  };
  const [pass, ...others] = Statement.filter(({ Effect, Action }) => Effect === "Allow" && [Action].flat().includes("iam:PassRole"));
  expect(others).toEqual([]);
  expect(pass!.Condition!.StringEquals).toMatchObject({ "iam:PassedToService": roleServices });
});

test("an account's own provider is taken, not made again", async () => {
  expect(ofType(await planOf(), "aws:iam/openIdConnectProvider:OpenIdConnectProvider")).toHaveLength(1);
  expect(
    ofType(
      await planOf({ openIdConnectProviderArn: "arn:aws:iam::1:oidc-provider/x" }),
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    ),
  ).toEqual([]);
});

test("patterns are refused, all at once", async () => {
  let paths: string[] = [];
  const program = () => {
    try {
      new GitHubActionsAccess("shop", { repository: "example/*", branch: "*", environments: ["prod", "*"] });
    } catch (error) {
      paths = (error as InputPropertiesError).errors.map(({ propertyPath }) => propertyPath);
    }
  };
  await embeddedPlan({ project: "shop", stack: "access", config: {}, program });
  expect(paths).toEqual(["repository", "branch", "environments[1]"]);
});
