import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf } from "../src";
import { severitiesOf, side } from "./judged";

const policyOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const bucket = resource("aws:s3/bucket:Bucket", "audit");
const lets = (Principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal,
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::audit/*",
  ...more,
});
const bucketPolicy = (...statements: object[]) => [
  bucket,
  resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    "audit",
    { bucket: "audit", policy: policyOf(...statements) },
    { propertyDependencies: { bucket: [bucket.urn] } },
  ),
];
const own = { "aws:allowedAccountIds": '["111111111111"]' };
const inOwn = (before: PlanResource[], after: PlanResource[], config: Record<string, string> = own) =>
  reviewOf(comparePlans(planOf(...before), planOf(...after)), side(config), side(config)).dangers.map(({ severity }) => severity);

describe("a policy that names", () => {
  test.each<[string, object, string]>([
    ["a role of the own account", lets({ AWS: "arn:aws:iam::111111111111:role/exporter" }), "lessProtected"],
    ["the own account by its number", lets({ AWS: "111111111111" }), "lessProtected"],
    ["the own account's root", lets({ AWS: "arn:aws:iam::111111111111:root" }), "lessProtected"],
    [
      "everybody of the own account",
      lets("*", { Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } }),
      "lessProtected",
    ],
    ["another account", lets({ AWS: "222222222222" }), "opened"],
    ["everybody of another account", lets("*", { Condition: { StringEquals: { "aws:PrincipalAccount": "222222222222" } } }), "opened"],
    [
      "a role of another account in a condition",
      lets("*", { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/*" } } }),
      "opened",
    ],
    ["what an account's topics tell", lets("*", { Condition: { StringEquals: { "AWS:SourceOwner": "111111111111" } } }), "lessProtected"],
    [
      "another account's canonical user",
      lets({ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }),
      "opened",
    ],
    ["a service of AWS's", lets({ Service: "logging.s3.amazonaws.com" }), "lessProtected"],
    ["that account as a reader", lets({ AWS: "arn:aws:iam::127311923021:root" }), "opened"],
  ])("%s", (_, statement, severity) => expect(inOwn([bucket], bucketPolicy(statement))).toEqual([severity]));

  test.each([{ AWS: "arn:aws:iam::127311923021:root" }, { AWS: "127311923021" }, { Service: "delivery.logs.amazonaws.com" }])(
    "whom AWS writes its logs by: %j",
    (principal) => expect(inOwn([bucket], bucketPolicy(lets(principal, { Action: "s3:PutObject" })))).toEqual([]),
  );

  test("one more of an account that may do the same", () => {
    const [one, other] = ["reader", "writer"].map((name) => lets({ AWS: `arn:aws:iam::222222222222:role/${name}` }));
    expect(inOwn(bucketPolicy(one!), bucketPolicy(one!, other!))).toEqual(["lessProtected"]);
    expect(inOwn(bucketPolicy(one!), bucketPolicy(one!, { ...other, Action: "s3:PutObject" }))).toEqual(["opened"]);
    expect(inOwn(bucketPolicy(one!), bucketPolicy(one!, lets({ AWS: "222222222222" })))).toEqual(["opened"]);
  });

  test("a bucket whose name has the number of an account", () => {
    const role = resource("aws:iam/role:Role", "logs-222222222222");
    const statement = lets({ AWS: `\${${role.urn}#arn}` });
    expect(inOwn([bucket, role], [role, ...bucketPolicy(statement)])).toEqual(["lessProtected"]);
  });
});

test("a denial that goes opens what the rest allows", () => {
  const deny = (Condition: object) => ({ ...lets("*"), Effect: "Deny", Action: "s3:*", Condition });
  const office = deny({ NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } });
  const [everybody, role] = [lets("*"), lets({ AWS: "arn:aws:iam::111111111111:role/exporter" })];
  expect(inOwn(bucketPolicy(everybody, office), bucketPolicy(everybody))).toEqual(["opened"]);
  expect(inOwn(bucketPolicy(role, office), bucketPolicy(role))).toEqual(["lessProtected"]);
  const tls = deny({ Bool: { "aws:SecureTransport": "false" } });
  expect(inOwn(bucketPolicy(everybody, tls), bucketPolicy(everybody))).toEqual(["lessProtected"]);
});

test("an event bus that everybody may put events on", () => {
  const bus = (...statements: object[]) => [
    resource("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "shop", { eventBusName: "shop", policy: policyOf(...statements) }),
  ];
  expect(inOwn(bus(lets({ AWS: "111111111111" })), bus(lets("*")))).toContain("opened");
});

describe("the own account", () => {
  const statement = lets({ AWS: "arn:aws:iam::333333333333:role/exporter" });
  test("is that of the role that the provider assumes", () => {
    const config = { "aws:assumeRoles": '[{"roleArn":"arn:aws:iam::333333333333:role/deploy"}]' };
    expect(inOwn([bucket], bucketPolicy(statement), config)).toEqual(["lessProtected"]);
  });
  test("is that of a provider of the program", () => {
    const provider = resource("pulumi:providers:aws", "other", { allowedAccountIds: '["333333333333"]' });
    expect(inOwn([provider, bucket], [provider, ...bucketPolicy(statement)])).toEqual(["lessProtected"]);
  });
  test("has the example's number where nobody says it", () => {
    expect(inOwn([bucket], bucketPolicy(lets({ AWS: "arn:aws:iam::123456789012:root" })), {})).toEqual(["lessProtected"]);
    expect(inOwn([bucket], bucketPolicy(lets({ AWS: "arn:aws:iam::123456789012:root" })))).toEqual(["opened"]);
  });
});

describe("a role that another account may take", () => {
  const role = (trusted: object, more: object = {}) =>
    resource("aws:iam/role:Role", "agency", {
      assumeRolePolicy: policyOf({ Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole" }),
      ...more,
    });
  const agency = role({ AWS: "arn:aws:iam::222222222222:root" });
  const ofRole = { propertyDependencies: { role: [agency.urn] } };
  const may = (Action: unknown, Resource = "arn:aws:s3:::reports/*") =>
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "agency",
      { role: "agency", policy: policyOf({ Effect: "Allow", Action, Resource }) },
      ofRole,
    );
  const policy = (Action: string) =>
    resource("aws:iam/policy:Policy", "shared", { policy: policyOf({ Effect: "Allow", Action, Resource: "arn:aws:s3:::reports/*" }) });
  const shared = (Action: string) => [
    policy(Action),
    resource(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "shared",
      { role: "agency", policyArn: output("aws:iam/policy:Policy", "shared", "arn") },
      { propertyDependencies: { role: [agency.urn], policyArn: [policy(Action).urn] } },
    ),
  ];
  const attached = (policyArn: string) =>
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "agency", { role: "agency", policyArn }, ofRole);

  test.each<[string, PlanResource[], string[]]>([
    ["with data", [agency, may("s3:GetObject")], ["opened"]],
    [
      "with what is made in the same change",
      [agency, may("s3:GetObject", `\${${resource("aws:s3/bucket:Bucket", "new").urn}#arn}/*`), resource("aws:s3/bucket:Bucket", "new")],
      ["lessProtected"],
    ],
    ["that sees what there is", [agency, may(["ecs:Describe*", "cloudwatch:GetMetricData"], "*")], ["lessProtected"]],
    ["with a policy of AWS's", [agency, attached("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")], ["opened"]],
    ["with one that only tells", [agency, attached("arn:aws:iam::aws:policy/SecurityAudit")], ["lessProtected"]],
    ["that is of the own account", [role({ AWS: "111111111111" }), may("s3:GetObject")], []],
  ])("is new, %s", (_, after, expected) => expect(inOwn([bucket], [bucket, ...after])).toEqual(expected));

  test.each<[string, PlanResource[], PlanResource[], string[]]>([
    ["a policy", [agency], [agency, may("s3:GetObject")], ["opened"]],
    ["another policy", [agency, may("s3:GetObject")], [agency, may(["s3:GetObject", "s3:PutObject"])], ["opened"]],
    ["more by a policy that is attached", [agency, ...shared("s3:ListBucket")], [agency, ...shared("s3:GetObject")], ["opened"]],
    ["a policy by its ARN", [agency], [agency, attached("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")], ["opened"]],
    ["a policy that only tells", [agency], [agency, attached("arn:aws:iam::aws:policy/SecurityAudit")], ["lessProtected"]],
    [
      "a policy, and is of the own account",
      [role({ AWS: "111111111111" })],
      [role({ AWS: "111111111111" }), may("s3:GetObject")],
      ["lessProtected"],
    ],
  ])("gets %s", (_, before, after, expected) => expect(inOwn(before, after)).toEqual(expected));
});

describe("a role that a provider of identities gives", () => {
  const trust = (host: string, Condition?: object) =>
    resource("aws:iam/role:Role", "ci", {
      assumeRolePolicy: policyOf({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        ...(Condition && { Condition }),
      }),
    });
  const github = "token.actions.githubusercontent.com";
  test.each<[string, PlanResource, string]>([
    ["without a condition", trust(github), "opened"],
    ["to every repository", trust(github, { StringLike: { [`${github}:sub`]: "repo:*" } }), "opened"],
    ["to whoever asks for AWS", trust(github, { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } }), "opened"],
    ["to one repository", trust(github, { StringLike: { [`${github}:sub`]: "repo:example/shop:*" } }), "lessProtected"],
    [
      "to one app",
      trust("cognito-identity.amazonaws.com", { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:a" } }),
      "lessProtected",
    ],
  ])("%s", (_, role, severity) => expect(severitiesOf([bucket], [bucket, role])).toEqual([severity]));
});

describe("all of a service", () => {
  const role = resource("aws:iam/role:Role", "tool");
  const may = (Action: string, Resource = "*") => [
    role,
    resource("aws:iam/rolePolicy:RolePolicy", "tool", { role: "tool", policy: policyOf({ Effect: "Allow", Action, Resource }) }),
  ];
  const attached = (name: string) => [
    role,
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "tool", { role: "tool", policyArn: `arn:aws:iam::aws:policy/${name}` }),
  ];
  test.each<[string, PlanResource[], string]>([
    ["that keeps data", may("s3:*"), "opened"],
    ["that keeps data, by its ARN", may("s3:*", "arn:aws:s3:::*"), "opened"],
    ["on all tables", may("dynamodb:*", "arn:aws:dynamodb:us-east-1:123456789012:table/*"), "opened"],
    ["on one bucket", may("s3:*", "arn:aws:s3:::shop/*"), "lessProtected"],
    ["that takes traces", may("xray:*"), "lessProtected"],
    ["that takes logs", may("logs:*"), "lessProtected"],
    ["that takes logs, by AWS's policy", attached("CloudWatchLogsFullAccess"), "lessProtected"],
    ["that keeps data, by AWS's policy", attached("AmazonS3FullAccess"), "opened"],
    ["that keeps secrets, by AWS's policy", attached("SecretsManagerReadWrite"), "opened"],
  ])("%s", (_, after, severity) => expect(severitiesOf([role], after)).toEqual([severity]));
});
