/** What stays of a stack by intention, and what AWS makes by itself: docs/aws.md has the reasons. */
const byIntention = [
  /^ecs task_definitions /,
  /^logs groups .*:\/aws\/rds\/cluster\//,
  // Deleted after 30 days.
  /^kms keys /,
  // Secrets that the environment made can be had back for 30 days.
  /^secretsmanager secrets .*:secret:signingKey-/,
  // Of databases that leave one.
  /^rds \w*snapshots .*-final-/,
  // Repositories of the stack `everything` itself, which keep their images.
  /^ecr repositories .*:repository\/platform\//,
];

/** What every account has, once it is asked for. */
const ofEveryAccount = [
  /^events event_buses .*\/default$/,
  /^elasticache users .*:user:default$/,
  /^scheduler schedule_groups .*\/default$/,
];

/** What moto forgets to delete with a private namespace, and with a NAT gateway. No stack makes network interfaces or zones of its own. */
const forgotten = [/^route53 zones /, /^servicediscovery operations /, /^ec2 enis /];

/** What an account holds that it did not hold before, but for what stays by intention. */
export function leftovers(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  const excused = [...byIntention, ...ofEveryAccount, ...forgotten];
  return after.filter((line) => !known.has(line) && !excused.some((pattern) => pattern.test(line)));
}
