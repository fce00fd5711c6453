import {
  alsoNew,
  asList,
  cantTell,
  gains,
  harmless,
  harmlessOnes,
  interrupts,
  isEqual,
  isUnknown,
  lessProtected,
  loses,
  opened,
  turnedOff,
  turnedOn,
  whenever,
  type Judge,
  type Judges,
} from "./judge";
import { objectExpiry } from "./objectExpiry";

/** A new bucket blocks public access by itself. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const flag: Judge = (change) =>
  turnedOff(opened("A policy or an ACL may open the bucket to everybody."))(change.isNew ? { ...change, before: true } : change);

/** Whether objects that are overwritten or deleted can be had back. */
const versioning: Judge = ({ before, after }) => {
  if (isUnknown(after)) return cantTell;
  const [was, is] = [before, after].map((value) => (value ?? {}) as { status?: string; enabled?: boolean; mfaDelete?: string | boolean });
  const isOn = is!.status === "Enabled" || is!.enabled === true;
  if (!isOn && is!.status !== "Disabled")
    return lessProtected("Objects that are overwritten or deleted from then on can't be had back. Versions that there are stay.");
  const needsMfa = (value: unknown) => value === "Enabled" || value === true;
  return needsMfa(was!.mfaDelete) && !needsMfa(is!.mfaDelete)
    ? lessProtected("Whoever has the permission may delete versions without a second factor.")
    : undefined;
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
const encryption: Judge = ({ before, after }) => {
  const keyOf = (value: unknown) => {
    const text = JSON.stringify(asList(value));
    return text.includes("aws:kms") ? (/"kmsMasterKeyId":("[^"]*"|\{[^}]*\})/.exec(text)?.[1] ?? "AWS's own") : undefined;
  };
  const [was, is] = [keyOf(before), keyOf(after)];
  if (is === undefined) return was === undefined ? undefined : lessProtected("New objects are encrypted with S3's own key.");
  return isEqual(was, is) ? undefined : interrupts("New objects are encrypted with another key: whoever may not use that can't read them.");
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const acl: Judge = ({ before, after }) => {
  if (isUnknown(after)) return cantTell;
  const isPublic = (value: unknown) => /^(public-|authenticated-)/.test(String(value));
  if (isPublic(after))
    return isPublic(before) ? undefined : opened("Everybody may read its objects, as far as nothing blocks public access.");
  return isPublic(before)
    ? interrupts("Not everybody may read its objects any more.")
    : lessProtected("Others may read or write it than before.");
};

const otherCors = whenever(interrupts("Browsers let pages of other origins ask it otherwise than before."));
const otherSite = whenever(interrupts("Its website answers otherwise than before."));

/** S3 buckets and their settings. */
export const buckets: Readonly<Record<string, Judges>> = {
  "aws:s3/bucket:Bucket": {
    ...harmlessOnes("tags"),
    forceDestroy: turnedOn(lessProtected("What is in it no longer keeps AWS from deleting it.")),
    acl,
    // What it lets do is compared by itself: `openings`.
    policy: whenever(lessProtected("Others may read or write it than before.")),
    grants: gains(lessProtected("Others may read or write it than before.")),
    lifecycleRules: objectExpiry,
    versioning,
    logging: ({ after }) => (after === undefined ? lessProtected("Access is no longer logged.") : undefined),
    serverSideEncryptionConfiguration: encryption,
    corsRules: otherCors,
    website: otherSite,
    replicationConfiguration: whenever(lessProtected("Objects are copied otherwise, or no longer.")),
    accelerationStatus: whenever(interrupts("Whoever asks the accelerated address is refused, or led to it from then on.")),
    requestPayer: whenever(interrupts("Who doesn't say that they pay is refused, or others pay from then on.")),
  },
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": {
    status: whenever(interrupts("Whoever asks the accelerated address is refused, or led to it from then on.")),
  },
  "aws:s3/bucketAcl:BucketAcl": {
    acl: (change) => (change.isNew && /^(private|log-delivery-write)$/.test(String(change.after)) ? undefined : acl(change)),
    accessControlPolicy: alsoNew(lessProtected("Others may read or write it than before.")),
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": { corsRules: otherCors },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    rules: objectExpiry,
    ...harmlessOnes("transitionDefaultMinimumObjectSize timeouts"),
  },
  "aws:s3/bucketLogging:BucketLogging": harmlessOnes("targetBucket targetPrefix targetObjectKeyFormat targetGrants"),
  "aws:s3/bucketNotification:BucketNotification": {
    eventbridge: turnedOff(interrupts("Events of its objects no longer reach EventBridge.")),
    ...Object.fromEntries(
      ["lambdaFunctions", "queues", "topics"].map((name) => [
        name,
        loses(interrupts("Not all who were told of what happens to objects are told any more.")),
      ]),
    ),
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    rule: whenever(lessProtected("New objects are locked for another time, or no longer.")),
    objectLockEnabled: harmless,
    token: harmless,
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    rule: ({ before, after, isNew }) => {
      const mode = (value: unknown) => (asList(value)[0] as { objectOwnership?: unknown } | undefined)?.objectOwnership;
      // A new bucket has no ACLs that count.
      const was = isNew ? "BucketOwnerEnforced" : mode(before);
      if (was === mode(after)) return undefined;
      return mode(after) === "BucketOwnerEnforced"
        ? interrupts("ACLs count no more: who had a right by one alone is refused.")
        : lessProtected("ACLs of objects count: whoever writes one may give rights to others.");
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { policy: harmless },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: flag,
    blockPublicPolicy: flag,
    ignorePublicAcls: flag,
    restrictPublicBuckets: flag,
    skipDestroy: harmless,
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    role: whenever(interrupts("Another role copies objects: if it may not, none is copied.")),
    rules: alsoNew(lessProtected("Objects are copied to somewhere else than before, or no longer.")),
    token: harmless,
  },
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": {
    payer: ({ after }) => (after === "Requester" ? interrupts("Who doesn't say that they pay is refused.") : undefined),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": { rules: encryption },
  "aws:s3/bucketVersioning:BucketVersioning": { versioningConfiguration: versioning, mfa: harmless },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": Object.fromEntries(
    ["errorDocument", "indexDocument", "redirectAllRequestsTo", "routingRuleDetails", "routingRules"].map((name) => [name, otherSite]),
  ),
};
