import { embeddedPlan, type Plan } from "@fairlead/plan";

import { EncryptionKey, logGroupArgs, PrivateBucket } from "../src";

const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program });
const inputsOf = ({ resources }: Plan, type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);

test("a key rotates, leaves permissions to IAM, and lets in those services alone that act on nobody's behalf", async () => {
  const [key] = inputsOf(await plan(() => void new EncryptionKey("dev", { description: "dev", region: "us-east-1" })), "aws:kms/key:Key");
  expect(key).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
  const { Statement } = JSON.parse(key!.policy as string) as { Statement: { Principal: unknown }[] };
  expect(Statement.map(({ Principal }) => Principal)).toEqual([
    { AWS: "arn:aws:iam::123456789012:root" },
    { Service: "logs.us-east-1.amazonaws.com" },
    { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "sns.amazonaws.com"] },
  ]);
});

test.each([undefined, true, false])(
  "Pulumi refuses to delete or replace a key, unless deletionProtection is false: %s",
  async (deletionProtection) => {
    const { resources } = await plan(() => void new EncryptionKey("dev", { description: "dev", region: "us-east-1", deletionProtection }));
    const { options } = resources.find(({ type }) => type === "aws:kms/key:Key")!;
    expect(options.protect).toBe(deletionProtection === false ? undefined : true);
  },
);

test("a key for disks lets in EC2 Auto Scaling, by a condition: KMS refuses a principal that is not there yet", async () => {
  const args = { description: "disks", region: "us-east-1", autoScaling: true };
  const [key] = inputsOf(await plan(() => void new EncryptionKey("disks", args)), "aws:kms/key:Key");
  const { Statement } = JSON.parse(key!.policy as string) as { Statement: object[] };
  const role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const isRole = { ArnEquals: { "aws:PrincipalArn": role } };
  expect(Statement.slice(3)).toEqual([
    expect.objectContaining({
      Principal: { AWS: "*" },
      Condition: isRole,
      Action: expect.arrayContaining(["kms:Decrypt", "kms:DescribeKey"]),
    }),
    expect.objectContaining({
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Condition: { ...isRole, Bool: { "kms:GrantIsForAWSResource": "true" } },
    }),
  ]);
});

test("logs are kept for a month, or for another time that CloudWatch knows: up to ten years", () => {
  expect(logGroupArgs("api")).toMatchObject({ retentionInDays: 30 });
  expect(logGroupArgs("api", { retentionInDays: 3653 })).toMatchObject({ retentionInDays: 3653 });
  // @ts-expect-error CloudWatch refuses 366 days
  logGroupArgs("api", { retentionInDays: 366 });
});

describe("a private bucket", () => {
  const bucket = (args?: ConstructorParameters<typeof PrivateBucket>[1]) => plan(() => void new PrivateBucket("files", args));

  test("is closed, versioned, encrypted, and refuses plain text", async () => {
    const made = await bucket();
    expect(inputsOf(made, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")[0]).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(inputsOf(made, "aws:s3/bucketVersioning:BucketVersioning")[0]).toMatchObject({ versioningConfiguration: { status: "Enabled" } });
    const { Statement } = JSON.parse(inputsOf(made, "aws:s3/bucketPolicy:BucketPolicy")[0]!.policy as string);
    expect(Statement).toEqual([expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]);
    expect(inputsOf(made, "aws:s3/bucketLogging:BucketLogging")).toEqual([]);
  });

  test("is encrypted with the key that it is given", async () => {
    const encryption = inputsOf(
      await bucket({ kmsKeyArn: "k" }),
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );
    expect(encryption[0]!.rules).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "k" }, bucketKeyEnabled: true },
    ]);
  });

  test("forgets objects only when it is told to", async () => {
    const ids = (made: Plan) =>
      (inputsOf(made, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")[0]!.rules as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(ids(await bucket())).toEqual(["noncurrent-versions"]);
    expect(ids(await bucket({ expirationDays: 30 }))).toEqual(["noncurrent-versions", "expiration"]);
  });
});
