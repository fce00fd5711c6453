import { readFileSync } from "node:fs";
import { join } from "node:path";
import { typesBesideOurs, typeSheets } from "@fairlead/model/awsTypes";
import { embeddedPlan, invokeTokens } from "@fairlead/plan";
import { parse } from "yaml";

import { GitHubActionsAccess } from "../src";
import { invokeActions } from "../src/invokeActions";
import { allows } from "../testing/allows";
import { managedPolicies } from "../testing/managedPolicies";

/** The policies of each role, by the role's name without the component's. */
async function policiesOf(): Promise<Map<string, string>> {
  const { resources } = await embeddedPlan({
    project: "shop",
    stack: "access",
    config: { "aws:region": "us-east-1" },
    program: () => void new GitHubActionsAccess("shop", { repository: "example/infrastructure", environments: ["dev"] }),
  });
  const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  return new Map(policies.map(({ name, inputs }) => [name.replace(/^shop-/, ""), String(inputs.policy)]));
}

test("a preview may ask whatever a plan asks, and each function of a plan says what it asks", async () => {
  const preview = (await policiesOf()).get("preview")!;
  expect(invokeTokens.filter((token) => !(token in invokeActions))).toEqual([]);
  const refused = Object.entries(invokeActions).flatMap(([token, actions]) =>
    actions.filter((action) => !allows(preview, action)).map((action) => `${token} asks ${action}`),
  );
  expect(refused).toEqual([]);
});

const lines = parse(readFileSync(join(__dirname, "resourceActions.yaml"), "utf8")) as Record<string, Record<string, string>>;
const actionsOf = (type: string) =>
  Object.entries(lines[type]!).flatMap(([service, actions]) => actions.split(" ").map((action) => `${service}:${action}`));
/** Made by a person with the stack that makes the roles. */
const byPersons = ["aws:iam/openIdConnectProvider:OpenIdConnectProvider"];
const types = [...typeSheets.keys()].filter((type) => !type.startsWith("awsx:") && !byPersons.includes(type) && !typesBesideOurs.has(type));

test("a preview may ask which version of a secret is current, and reads no value", async () => {
  const preview = (await policiesOf()).get("preview")!;
  const asked = actionsOf("pulumi-nodejs:dynamic/fairlead:SecretVersions");
  expect([asked.length, asked.filter((action) => !allows(preview, action))]).toEqual([2, []]);
  const values = ["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory"];
  expect(values.filter((action) => allows(preview, action))).toEqual([]);
});

describe("looking for drift", () => {
  /** What CloudFormation's handlers read besides, and no refresh of Pulumi's: data, and other services. */
  const notRead = [
    ...[
      "dynamodb:GetItem",
      "s3:GetObject",
      "secretsmanager:GetSecretValue",
      "secretsmanager:GetRandomPassword",
      "cloudwatch:GetMetricData",
    ],
    ...["logs:GetLogDelivery", "ec2:Get*", "ec2:GetVerifiedAccessInstanceWebAcl", "elasticloadbalancing:GetLoadBalancerWebACL", "ssm:Get*"],
    "inspector2:ListAccountPermissions",
  ];

  test("reads how each type of resource is set up, without AWS's own policies, which may change", async () => {
    const drift = (await policiesOf()).get("drift")!;
    const refused = types
      .filter((type) => type.startsWith("aws:"))
      .flatMap((type) =>
        actionsOf(type)
          .filter((action) => /:(Get|List|Describe)/.test(action) && !notRead.includes(action) && !allows(drift, action))
          .map((action) => `${type} reads ${action}`),
      );
    expect(refused).toEqual([]);
  });

  test("reads no data", async () => {
    const drift = (await policiesOf()).get("drift")!;
    const data = [
      "s3:GetObject",
      "secretsmanager:GetSecretValue",
      "dynamodb:GetItem",
      "logs:GetLogEvents",
      "sqs:ReceiveMessage",
      "ssm:GetParameter",
    ];
    expect(data.filter((action) => allows(drift, action))).toEqual([]);
  });
});

describe("a deployment", () => {
  test("knows what each type of resource takes", () => expect(types.filter((type) => !(type in lines))).toEqual([]));

  test("may do whatever a type of resource takes", async () => {
    const deploy = [(await policiesOf()).get("deploy-dev")!, managedPolicies.PowerUserAccess];
    const refused = types.flatMap((type) =>
      actionsOf(type)
        .filter((action) => !allows(deploy, action))
        .map((action) => `${type} takes ${action}`),
    );
    expect(refused).toEqual([]);
  });
});
