import {
  asList,
  harmless,
  harmlessOnes,
  isUnknown,
  lessProtected,
  opened,
  turnedOff,
  turnedOn,
  whenever,
  type Judge,
  type Judges,
} from "./judge";
import { objectExpiry } from "./objectExpiry";

const flag: Judge = turnedOff(opened("A policy or an ACL may open the bucket to everybody."));

/** Whether objects that are overwritten or deleted can be had back. */
const versioning: Judge = ({ after }) =>
  (after as { status?: string } | undefined)?.status === "Enabled"
    ? undefined
    : lessProtected("Objects that are overwritten or deleted from then on can't be had back. Versions that there are stay.");

const encryption: Judge = ({ before, after }) => {
  const isOwnKey = (value: unknown) => /aws:kms/.test(JSON.stringify(asList(value)));
  return isOwnKey(before) && !isOwnKey(after)
    ? lessProtected("New objects are encrypted with S3's own key.")
    : isUnknown(after) || isOwnKey(after)
      ? lessProtected("New objects are encrypted with another key: whoever may not use that can't read them.")
      : undefined;
};

/** S3 buckets and their settings; the older and the newer names of the provider's types. */
const ofBucket: Readonly<Record<string, Judges>> = {
  Bucket: {
    ...harmlessOnes("tags"),
    forceDestroy: turnedOn(lessProtected("What is in it no longer keeps AWS from deleting it.")),
    acl: whenever(lessProtected("Others may read or write it than before.")),
  },
  BucketLifecycleConfiguration: { rules: objectExpiry, transitionDefaultMinimumObjectSize: harmless },
  BucketLogging: harmlessOnes("targetBucket targetPrefix targetObjectKeyFormat"),
  BucketOwnershipControls: { rule: whenever(lessProtected("ACLs of objects count, or count no more.")) },
  BucketPolicy: { policy: harmless },
  BucketPublicAccessBlock: {
    blockPublicAcls: flag,
    blockPublicPolicy: flag,
    ignorePublicAcls: flag,
    restrictPublicBuckets: flag,
    skipDestroy: harmless,
  },
  BucketServerSideEncryptionConfiguration: { rules: encryption },
  BucketVersioning: { versioningConfiguration: versioning, mfa: harmless },
};

export const buckets: Readonly<Record<string, Judges>> = Object.fromEntries(
  Object.entries(ofBucket).flatMap(([kind, judges]) => {
    const module = `${kind[0]!.toLowerCase()}${kind.slice(1)}`;
    return [`aws:s3/${module}:${kind}`, `aws:s3/${module}V2:${kind}V2`].map((type) => [type, judges] as const);
  }),
);
