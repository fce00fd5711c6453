/**
 * The name of a type by which it is known here, where the provider has two for the same: `aws:alb/listener:Listener` is `aws:lb/listener:Listener`, and
 * `aws:s3/bucketV2:BucketV2` the bucket of today, as its settings are.
 */
export function canonicalType(type: string): string {
  if (type.startsWith("aws:alb/")) return `aws:lb/${type.slice("aws:alb/".length)}`;
  const match = /^aws:s3\/(bucket\w*)V2:(Bucket\w*)V2$/.exec(type);
  return match ? `aws:s3/${match[1]}:${match[2]}` : type;
}
