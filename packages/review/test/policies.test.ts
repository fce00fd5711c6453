import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf } from "../src";

const bucket = resource("aws:s3/bucket:Bucket", "audit");
const holder = { bucket: output("aws:s3/bucket:Bucket", "audit", "id") };
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const bucketPolicy = (policy: unknown) => [
  bucket,
  resource("aws:s3/bucketPolicy:BucketPolicy", "audit", { ...holder, policy }, { propertyDependencies: { bucket: [bucket.urn] } }),
];
const rolePolicy = (policy: unknown) => [resource("aws:iam/rolePolicy:RolePolicy", "tool", { role: "tool", policy })];
const trust = (policy: unknown) => [resource("aws:iam/role:Role", "tool", { assumeRolePolicy: policy })];
const graded = (before: PlanResource[], after: PlanResource[]) =>
  reviewOf(comparePlans(planOf(...before), planOf(...after)), undefined, undefined).dangers.map(({ severity }) => severity);

const auditor = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::210987654321:role/auditor" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::audit/*",
};
const everybody = (Condition?: object) => ({ ...auditor, Principal: "*", ...(Condition && { Condition }) });
const arnLike = (arn: string) => ({ ArnLike: { "aws:PrincipalArn": arn } });
const deny = (more: object) => ({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::audit/*", ...more });

describe("a policy of a resource", () => {
  test.each<[string, object[], object[], string[]]>([
    ["lets in everybody by TLS", [auditor], [everybody({ Bool: { "aws:SecureTransport": "true" } })], ["opened"]],
    ["lets in an organisation", [auditor], [auditor, everybody({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })], ["lessProtected"]],
    ["lets in any organisation", [auditor], [auditor, everybody({ StringLike: { "aws:PrincipalOrgID": "*" } })], ["opened"]],
    ["lets in all but an organisation", [auditor], [auditor, everybody({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } })], ["opened"]],
    ["lets in all addresses", [auditor], [auditor, everybody({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } })], ["opened"]],
    ["lets in roles of any account", [auditor], [auditor, everybody(arnLike("arn:aws:iam::*:role/*"))], ["opened"]],
    ["lets in what any account has", [auditor], [auditor, everybody({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } })], ["opened"]],
    [
      "lets in what a bucket tells",
      [auditor],
      [auditor, everybody({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::a*" } })],
      ["lessProtected"],
    ],
    ["lets in any network", [auditor], [auditor, everybody({ StringLike: { "aws:SourceVpce": "vpce-*" } })], ["opened"]],
    [
      "lets in a part of an organisation",
      [auditor],
      [auditor, everybody({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-1/r-1/*" } })],
      ["lessProtected"],
    ],
    ["lets in all but one", [auditor], [{ ...auditor, Principal: undefined, NotPrincipal: auditor.Principal }], ["opened"]],
    ["lets in one role in the place of its account", [{ ...auditor, Principal: { AWS: "210987654321" } }], [auditor], []],
    ["lets in the account in the place of one role", [auditor], [{ ...auditor, Principal: { AWS: "210987654321" } }], ["opened"]],
    ["refuses what comes without TLS", [auditor], [auditor, deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })], []],
    [
      "refuses what comes another way",
      [auditor],
      [auditor, deny({ Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } })],
      ["unreachable"],
    ],
    ["refuses an action", [auditor], [auditor, deny({ Action: "s3:DeleteObject" })], ["interruption"]],
    ["no longer refuses one", [auditor, deny({ Action: "s3:DeleteObject" })], [auditor], ["lessProtected"]],
    ["lets nobody in any more", [auditor, { ...auditor, Action: "s3:PutObject" }], [auditor], ["interruption"]],
    ["names an action in other letters", [auditor], [{ ...auditor, Action: "S3:getobject" }], []],
  ])("%s", (_, before, after, expected) =>
    expect(graded(bucketPolicy(policyOf(...before)), bucketPolicy(policyOf(...after)))).toEqual(expected),
  );

  test("is known only after apply", () => {
    expect(graded(bucketPolicy(policyOf(auditor)), bucketPolicy(output("aws:ssm/parameter:Parameter", "policy", "value")))).toEqual([
      "unknown",
    ]);
    expect(graded([bucket], bucketPolicy(output("aws:ssm/parameter:Parameter", "policy", "value")))).toEqual(["unknown"]);
  });

  test("is an argument of the resource", () => {
    const of = (statement: object) => [resource("aws:s3/bucket:Bucket", "audit", { policy: policyOf(statement) })];
    expect(graded(of(auditor), of(everybody()))).toEqual(["opened"]);
  });
});

const may = (Action: unknown, more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
describe("a policy of a role", () => {
  test.each<[string, object[], object[], string[]]>([
    ["allows all but something", [may("s3:GetObject")], [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], ["opened"]],
    [
      "allows all but more",
      [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      [{ Effect: "Allow", NotAction: ["iam:*", "kms:*"], Resource: "*" }],
      ["interruption"],
    ],
    ["allows what another pattern has", [may(["s3:Get*", "s3:List*"])], [may(["s3:Get*", "s3:ListBucket"])], ["interruption"]],
    ["allows one of a pattern by name as well", [may("s3:Get*")], [may(["s3:Get*", "s3:GetObject"])], []],
    [
      "allows under a condition",
      [may("s3:GetObject")],
      [may("s3:GetObject", { Condition: { StringEquals: { "aws:ResourceAccount": "1" } } })],
      ["interruption"],
    ],
    ["allows no shells", [may("s3:GetObject"), may("ssmmessages:OpenDataChannel")], [may("s3:GetObject")], []],
    ["denies something", [may("s3:*")], [may("s3:*"), { Effect: "Deny", Action: "s3:PutObject", Resource: "*" }], ["interruption"]],
  ])("%s", (_, before, after, expected) =>
    expect(graded(rolePolicy(policyOf(...before)), rolePolicy(policyOf(...after)))).toEqual(expected),
  );

  test("loses the version that has variables", () => {
    const own = { ...may("s3:GetObject"), Resource: "arn:aws:s3:::audit/${aws:PrincipalTag/team}/*" };
    expect(graded(rolePolicy(policyOf(own)), rolePolicy(JSON.stringify({ Statement: [own] })))).toEqual(["interruption"]);
    expect(graded(rolePolicy(policyOf(may("s3:GetObject"))), rolePolicy(JSON.stringify({ Statement: [may("s3:GetObject")] })))).toEqual([]);
  });

  test("is inline", () => {
    const of = (statement: object) => [
      resource("aws:iam/role:Role", "tool", { inlinePolicies: [{ name: "tool", policy: policyOf(statement) }] }),
    ];
    expect(graded(of(may("s3:GetObject")), of(may("*")))).toEqual(["opened"]);
    expect(graded(of(may("s3:*")), of(may("s3:GetObject")))).toEqual(["interruption"]);
  });

  test("of AWS's is named by the role", () => {
    const of = (...managedPolicyArns: string[]) => [resource("aws:iam/role:Role", "tool", { managedPolicyArns })];
    expect(graded(of(), of("arn:aws:iam::aws:policy/AdministratorAccess"))).toContain("opened");
  });
});

describe("a role's trust", () => {
  const host = "token.actions.githubusercontent.com";
  const github = (Principal: object, Condition: object) => ({
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal,
    Condition,
  });
  const ofShop = { StringLike: { [`${host}:sub`]: "repo:example/shop:*" } };
  const existing = { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` };
  const provider = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", { url: `https://${host}` });
  const partner = (Condition: object) => ({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "210987654321" }, Condition });
  test.each<[string, object, object, string[]]>([
    [
      "one branch in the place of all",
      github(existing, ofShop),
      github(existing, { StringEquals: { [`${host}:sub`]: "repo:example/shop:ref:refs/heads/main" } }),
      [],
    ],
    [
      "all branches in the place of one",
      github(existing, { StringEquals: { [`${host}:sub`]: "repo:example/shop:ref:refs/heads/main" } }),
      github(existing, ofShop),
      ["opened"],
    ],
    [
      "a condition more",
      partner({ StringEquals: { "sts:ExternalId": "a" } }),
      partner({ StringEquals: { "sts:ExternalId": "a" }, Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      [],
    ],
    [
      "a condition less",
      partner({ StringEquals: { "sts:ExternalId": "a" }, Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      partner({ StringEquals: { "sts:ExternalId": "a" } }),
      ["opened"],
    ],
    [
      "more addresses",
      partner({ IpAddress: { "aws:SourceIp": "192.0.2.0/25" } }),
      partner({ IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
      ["opened"],
    ],
    [
      "fewer addresses",
      partner({ IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
      partner({ IpAddress: { "aws:SourceIp": "192.0.2.0/25" } }),
      [],
    ],
  ])("%s", (_, before, after, expected) => expect(graded(trust(policyOf(before)), trust(policyOf(after)))).toEqual(expected));

  test("the same provider, which the stack makes from then on", () => {
    const own = { Federated: `\${${provider.urn}#arn}` };
    expect(graded(trust(policyOf(github(existing, ofShop))), [provider, ...trust(policyOf(github(own, ofShop)))])).toEqual([]);
  });

  test("a new role for everybody", () => {
    const open = policyOf({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
    expect(graded([bucket], [bucket, ...trust(open)])).toEqual(["opened"]);
  });
});
