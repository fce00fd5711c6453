import { evaluate } from "../src";
import { attached } from "./resources";

const isPublic = (statement: Record<string, unknown>, Statement: unknown = [{ Effect: "Allow", Action: "sqs:*", ...statement }]) => {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement });
  const resources = attached("aws:sqs/queue:Queue", {}, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", { policy });
  return evaluate({ stack: "prod", resources }).findings.some(({ control }) => control === "SQS.3");
};
const unknown = "${urn:pulumi:prod::shop::x::y#arn}";

test.each([
  { Principal: "*" },
  { Principal: { AWS: "*" } },
  { Principal: { AWS: ["*"] } },
  { Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } },
  { NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } },
])("a queue is public by %j", (statement) => expect(isPublic(statement)).toBe(true));

test("a queue is public by a statement that is in no list", () => {
  expect(isPublic({}, { Effect: "Allow", Principal: "*", Action: "sqs:*" })).toBe(true);
});

test("a statement that nobody can judge yet excuses no other", () => {
  const [unjudged, open] = [{ AWS: [unknown] }, "*"].map((Principal) => ({ Effect: "Allow", Principal, Action: "sqs:*" }));
  expect(isPublic({}, [unjudged, open])).toBe(true);
});

test.each([
  { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
  { Principal: { Service: "events.amazonaws.com" } },
  { Principal: { AWS: [unknown] } },
  { Effect: "Deny", Principal: "*" },
])("a queue is not public by %j", (statement) => expect(isPublic(statement)).toBe(false));

describe("for everybody", () => {
  test.each([
    { Bool: { "aws:SecureTransport": "true" } },
    { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    { StringNotEquals: { "aws:SourceAccount": "123456789012" } },
    { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } },
    { "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": ["o-1/r-1/"] } },
    { StringLike: { "aws:PrincipalArn": "*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:*:*:*:*" } },
    { ArnLike: { "aws:SourceArn": ["arn:aws:s3:::shop", "*"] } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
  ])("the condition %j restricts nobody", (Condition) => expect(isPublic({ Principal: "*", Condition })).toBe(true));

  test.each([
    { StringEquals: { "aws:SourceAccount": "123456789012" } },
    { StringEquals: { "AWS:SourceOwner": "123456789012" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*" } },
    { ArnEquals: { "aws:SourceArn": unknown } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-1/r-1/*"] } },
    { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] }, Bool: { "aws:SecureTransport": "true" } },
    { StringEquals: { "kms:CallerAccount": "123456789012", "kms:ViaService": "sqs.eu-west-1.amazonaws.com" } },
  ])("the condition %j says who", (Condition) => expect(isPublic({ Principal: "*", Condition })).toBe(false));
});
