import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { review, type Inputs } from "./judged";

const nothing = { ...planOf(), resources: [] };
const ofNew = (...resources: PlanResource[]) => review(nothing, planOf(...resources));
const severities = (...resources: PlanResource[]) => ofNew(...resources).dangers.map(({ severity }) => severity);

const everybody = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }] });

/** What a new stack does to what it only names is what any other would do to it. */
test.each<[string, string, Inputs, string]>([
  [
    "overwrites a record",
    "aws:route53/record:Record",
    { zoneId: "Z1", name: "shop.example.com", type: "A", records: ["192.0.2.10"], allowOverwrite: true },
    "unreachable",
  ],
  ["opens another stack's bucket", "aws:s3/bucketPolicy:BucketPolicy", { bucket: "prod-reports", policy: everybody }, "opened"],
  [
    "lets everybody in to another stack's database",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 5432, toPort: 5432, cidrIpv4: "0.0.0.0/0" },
    "opened",
  ],
  [
    "gives another stack's role every right",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: "prod-api-task", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    "opened",
  ],
  [
    "has another stack's objects expire",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { bucket: "prod-reports", rules: [{ status: "Enabled", filter: {}, expiration: { days: 1 } }] },
    "dataLoss",
  ],
  [
    "deletes another stack's table at night",
    "aws:scheduler/schedule:Schedule",
    { target: { arn: "arn:aws:scheduler:::aws-sdk:dynamodb:deleteTable", input: "{}" } },
    "dataLoss",
  ],
  ["makes what nobody knows", "aws:ram/resourceShare:ResourceShare", {}, "unknown"],
])("a stack that is new and %s is told", (_, type, inputs, severity) => {
  expect(severities(resource(type, "it", inputs))[0]).toBe(severity);
});

test("what another stack's output or a look-up names is there", () => {
  const rule = (bucket: unknown, others: Partial<PlanResource> = {}) =>
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "it",
      {
        bucket,
        rules: [{ status: "Enabled", filter: {}, expiration: { days: 1 } }],
      },
      others,
    );
  const reference = resource("pulumi:pulumi:StackReference", "prod", { name: "shop/prod" });
  const ofOutput = rule(output("pulumi:pulumi:StackReference", "prod", "bucket"), { propertyDependencies: { bucket: [reference.urn] } });
  expect(severities(ofOutput)).toEqual(["dataLoss"]);
  expect(severities(rule({ $output: "urn:pulumi:lookup::lookup::aws:s3/getBucket:getBucket::reports#bucket" }))).toEqual(["dataLoss"]);
  expect(severities(rule("reports", { propertyDependencies: { bucket: [urnOf("aws:s3/bucket:Bucket", "only-read")] } }))).toEqual([
    "dataLoss",
  ]);
});

test("what the stack makes itself is new, also by the name that it gives", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports", { bucket: "shop-reports" });
  const expiry = (name: unknown) =>
    resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "it", {
      bucket: name,
      rules: [{ status: "Enabled", filter: {}, expiration: { days: 1 } }],
    });
  expect(ofNew(bucket, expiry(output("aws:s3/bucket:Bucket", "reports", "id")))).toMatchObject({ grade: "routine" });
  expect(ofNew(bucket, expiry("shop-reports"))).toMatchObject({ grade: "routine" });
  expect(ofNew(bucket, expiry("other-reports"))).toMatchObject({ grade: "stop" });
});

test("the public entry that our components make is what a stack is for, another one is told", () => {
  const group = (name: string, parent: string) =>
    resource(
      "aws:ec2/securityGroup:SecurityGroup",
      name,
      { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] },
      { parent },
    );
  const component = (type: string) => resource(type, "entry", {}, { custom: false });
  const [ours, theirs] = [component("fairlead:networking:LoadBalancer"), component("acme:web:Entry")];
  expect(ofNew(ours, group("alb", ours.urn))).toMatchObject({ grade: "routine", dangers: [] });
  expect(ofNew(theirs, group("alb", theirs.urn)).dangers).toMatchObject([{ severity: "lessProtected", title: "opens alb" }]);
});
