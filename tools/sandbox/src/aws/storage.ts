import { AwsError, type ResourceModel } from "./model";
import type { Properties, World } from "./world";

const bucket = "aws:s3/bucket:Bucket";

function refuseWithoutBucket(inputs: Properties, world: World): void {
  if (!world.get(bucket, inputs.bucket)) throw new AwsError("NoSuchBucket", `The specified bucket does not exist: ${inputs.bucket}`);
}

/** One of the settings that S3 keeps beside a bucket: its id is the bucket's name. */
const setting: ResourceModel = {
  replaceOn: ["bucket"],
  refuse: refuseWithoutBucket,
  create: (inputs) => ({ id: inputs.bucket, outputs: {} }),
};

/** S3. Buckets hold nothing. */
export const storage: Record<string, ResourceModel> = {
  [bucket]: {
    autoName: "bucket",
    replaceOn: ["bucket"],
    refuse({ bucket: name }, world, id) {
      if (!/^(?!xn--)[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name)) {
        throw new AwsError("InvalidBucketName", `The specified bucket is not valid: ${name}`);
      }
      if (!id && world.get(bucket, name)) throw new AwsError("BucketAlreadyOwnedByYou", name);
    },
    create: ({ bucket: name }, { region }) => ({
      id: name,
      outputs: { arn: `arn:aws:s3:::${name}`, bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com` },
    }),
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting,
  "aws:s3/bucketVersioning:BucketVersioning": setting,
  "aws:s3/bucketPolicy:BucketPolicy": {
    ...setting,
    refuse(inputs, world) {
      refuseWithoutBucket(inputs, world);
      const arn = `arn:aws:s3:::${inputs.bucket}`;
      const { Statement } = JSON.parse(inputs.policy) as { Statement: { Resource: string | string[] }[] };
      const foreign = Statement.flatMap(({ Resource }) => Resource).find((resource) => resource !== arn && !resource.startsWith(`${arn}/`));
      if (foreign) throw new AwsError("MalformedPolicy", `Policy has invalid resource: ${foreign}`);
    },
  },
};
