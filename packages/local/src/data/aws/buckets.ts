import { isMap } from "@fairlead/model";
import { referencesIn } from "@fairlead/plan";

import type { AwsCall } from "../awsCalls";
import { ofType, outputsOf, textOf } from "../planResources";
import { physicalName, type AwsContext, type AwsResource } from "./resource";

/** Buckets, with their versions where they keep some. */
export function buckets({ plan, region, used }: AwsContext): AwsResource[] {
  const versioned = new Set(
    ofType(plan, "aws:s3/bucketVersioning:BucketVersioning")
      .filter(({ inputs }) => isMap(inputs.versioningConfiguration) && inputs.versioningConfiguration.status === "Enabled")
      .flatMap(({ inputs }) => referencesIn(inputs.bucket).map(({ urn }) => urn)),
  );
  return ofType(plan, "aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
    .filter(({ urn }) => used.has(urn))
    .map((bucket): AwsResource => {
      const { urn, name } = bucket;
      const Bucket = physicalName(plan, bucket, { input: "bucket", allowed: /[^a-z0-9.-]+/g, longest: 63 });
      const notified = ofType(plan, "aws:s3/bucketNotification:BucketNotification").some(
        ({ inputs }) => referencesIn(inputs.bucket)[0]?.urn === urn || textOf(inputs.bucket) === Bucket,
      );
      const regional = `${Bucket}.s3.${region}.amazonaws.com`;
      return {
        urn,
        outputs: outputsOf(urn, {
          id: Bucket,
          bucket: Bucket,
          arn: `arn:aws:s3:::${Bucket}`,
          bucketDomainName: `${Bucket}.s3.amazonaws.com`,
          bucketRegionalDomainName: regional,
        }),
        calls: [
          { stage: 0, call: creation(Bucket, region) },
          ...(versioned.has(urn) ? [{ stage: 1 as const, call: versioning(Bucket) }] : []),
        ],
        ...(notified && { notes: [`The bucket ${name} tells nobody of new objects here: its notifications are not made.`] }),
      };
    });
}

/** us-east-1 has no name there. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
const creation = (Bucket: string, region: string): AwsCall => ({
  service: "s3api",
  operation: "create-bucket",
  request: { Bucket, ...(region !== "us-east-1" && { CreateBucketConfiguration: { LocationConstraint: region } }) },
  done: ["BucketAlreadyOwnedByYou", "BucketAlreadyExists"],
});

const versioning = (Bucket: string): AwsCall => ({
  service: "s3api",
  operation: "put-bucket-versioning",
  request: { Bucket, VersioningConfiguration: { Status: "Enabled" } },
});
