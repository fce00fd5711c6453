import { roleServices } from "@fairlead/foundation";
import { embeddedPlan, type Plan } from "@fairlead/plan";
import type { InputPropertiesError } from "@pulumi/pulumi";

import { GitHubActionsAccess, type GitHubActionsAccessArgs } from "../src";
import { allows } from "../testing/allows";
import { managedPolicies } from "../testing/managedPolicies";

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

const state = {
  bucketArn: "arn:aws:s3:::state",
  kmsKeyArns: { staging: "arn:aws:kms:us-east-1:1:key/s", prod: "arn:aws:kms:us-east-1:1:key/p" },
};
const policyOf = (plan: Plan, role: string) =>
  String(ofType(plan, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === `shop-${role}`)!.inputs.policy);
/** Objects of the bucket, as Pulumi's backend names them. */
const object = (key: string) => `arn:aws:s3:::state/${key}`;
const stateOf = (stack: string) => [
  ...[`stacks/shop/${stack}.json`, `stacks/shop/${stack}.json.bak`, `history/shop/${stack}/${stack}-1.history.json`].map((key) =>
    object(`.pulumi/${key}`),
  ),
  object(`in/a/folder/.pulumi/stacks/shop/${stack}.json`),
];
const lockOf = (stack: string) => object(`.pulumi/locks/organization/shop/${stack}/1.json`);

test("a preview can change nothing: each of its actions reads, but for the locks of what it may read", async () => {
  const plan = await planOf({ backend: state, previewEnvironments: ["staging"] });
  const { Statement } = JSON.parse(policyOf(plan, "preview")) as { Statement: { Action: string | string[]; Resource: string }[] };
  const writing = Statement.filter(({ Action }) => [Action].flat().some((action) => !/:(Get|List|Describe|Decrypt)/.test(action)));
  expect(writing).toEqual([
    { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: ["arn:aws:s3:::state/*.pulumi/locks/*/shop/staging/*"] },
  ]);
  expect(ofType(plan, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ name }) => name)).not.toContain(
    expect.stringMatching("shop-preview"),
  );
});

test("a pull request reads the state of the environments that are named for it, and nobody's by default", async () => {
  const preview = policyOf(await planOf({ backend: state, previewEnvironments: ["staging"] }), "preview");
  for (const key of [...stateOf("staging"), lockOf("staging"), object(".pulumi/meta.yaml")])
    expect([key, allows(preview, "s3:GetObject", key)]).toEqual([key, true]);
  for (const stack of ["prod", "staging-eu", "access"])
    for (const key of stateOf(stack)) expect([key, allows(preview, "s3:GetObject", key)]).toEqual([key, false]);
  expect(allows(preview, "kms:Decrypt", state.kmsKeyArns.staging)).toBe(true);
  expect(allows(preview, "kms:Decrypt", state.kmsKeyArns.prod)).toBe(false);
  const none = policyOf(await planOf({ backend: state }), "preview");
  expect([allows(none, "s3:GetObject"), allows(none, "s3:ListBucket"), allows(none, "kms:Decrypt")]).toEqual([false, false, false]);
});

test("a deployment reads and writes its own environment's state, and no other's, and does not change the bucket", async () => {
  const deploy = [policyOf(await planOf({ backend: state }), "deploy-staging"), managedPolicies.PowerUserAccess];
  for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
    for (const key of [...stateOf("staging"), lockOf("staging")]) expect([key, allows(deploy, action, key)]).toEqual([key, true]);
    for (const stack of ["prod", "access"])
      for (const key of stateOf(stack)) expect([key, allows(deploy, action, key)]).toEqual([key, false]);
  }
  expect(allows(deploy, "s3:ListBucket", state.bucketArn)).toBe(true);
  for (const action of ["s3:PutBucketPolicy", "s3:DeleteBucket", "s3:CreateBucketMetadataConfiguration"])
    expect([action, allows(deploy, action, state.bucketArn)]).toEqual([action, false]);
  expect(allows(deploy, "kms:Decrypt", state.kmsKeyArns.staging)).toBe(true);
  expect(allows(deploy, "kms:Decrypt", state.kmsKeyArns.prod)).toBe(false);
});

test("a deployment reads what all stacks of a bucket share, and can't change it: without it Pulumi finds no stack", async () => {
  const deploy = [policyOf(await planOf({ backend: state }), "deploy-staging"), managedPolicies.PowerUserAccess];
  for (const key of [object(".pulumi/meta.yaml"), object("in/a/folder/.pulumi/meta.yaml")]) {
    const actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"];
    expect(actions.filter((action) => allows(deploy, action, key))).toEqual(["s3:GetObject"]);
  }
});

test("a deployment reads no other environment's state of before Pulumi told projects apart, but its own of a project with that name", async () => {
  const deploy = [policyOf(await planOf({ backend: state }), "deploy-staging"), managedPolicies.PowerUserAccess];
  for (const key of ["stacks/prod.json", "stacks/prod.json.bak", "history/prod/prod-1.checkpoint.json", "backups/prod/prod.1.json"])
    expect([key, allows(deploy, "s3:GetObject", object(`.pulumi/${key}`))]).toEqual([key, false]);
  const plan = await planOf({ backend: state, environments: ["staging", "shop"] });
  const beside = [policyOf(plan, "deploy-staging"), managedPolicies.PowerUserAccess];
  for (const key of stateOf("staging")) expect([key, allows(beside, "s3:GetObject", key)]).toEqual([key, true]);
  for (const key of stateOf("shop")) expect([key, allows(beside, "s3:GetObject", key)]).toEqual([key, false]);
});

test("a deployment reaches no state through an access point, whose objects have ARNs of their own", async () => {
  const deploy = [policyOf(await planOf({ backend: state }), "deploy-staging"), managedPolicies.PowerUserAccess];
  for (const accessPoint of ["us-east-1:123456789012:accesspoint/mine", ":123456789012:accesspoint/mine.mrap"]) {
    const through = (key: string) => `arn:aws:s3:${accessPoint}/object/${key}`;
    for (const action of ["s3:GetObject", "s3:PutObject"])
      expect(allows(deploy, action, through(".pulumi/stacks/shop/prod.json"))).toBe(false);
    expect(allows(deploy, "s3:GetObject", through("images/cat.png"))).toBe(true);
  }
});

test("what roles may do fits into AWS's limit for the policies of a role, with ten environments too", async () => {
  const environments = Array.from({ length: 10 }, (_, index) => `environment-${index}`);
  const kmsKeyArns = Object.fromEntries(environments.map((name) => [name, `arn:aws:kms:us-east-1:123456789012:key/${"0".repeat(36)}`]));
  const plan = await planOf({ environments, previewEnvironments: environments, backend: { ...state, kmsKeyArns } });
  const lengths = ofType(plan, "aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => String(inputs.policy).length);
  expect(Math.max(...lengths)).toBeLessThan(10_240);
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

test("patterns are refused, and previews of what is not deployed, all at once", async () => {
  let paths: string[] = [];
  const program = () => {
    try {
      new GitHubActionsAccess("shop", { repository: "example/*", branch: "*", environments: ["prod", "*"], previewEnvironments: ["dev"] });
    } catch (error) {
      paths = (error as InputPropertiesError).errors.map(({ propertyPath }) => propertyPath);
    }
  };
  await embeddedPlan({ project: "shop", stack: "access", config: {}, program });
  expect(paths).toEqual(["repository", "branch", "environments[1]", "previewEnvironments[0]"]);
});
