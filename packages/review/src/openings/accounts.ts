import type { ChangeSet } from "@fairlead/changes";
import { exampleAccountId, placeOf } from "@fairlead/plan";

import { accountsOf } from "../credentials";

/**
 * The accounts that the stack works in. Where nobody says it, a plan calls it by the example's number.
 *
 * @param config of the stack as it will be
 */
export function ownAccounts({ after }: Pick<ChangeSet, "after">, config: Readonly<Record<string, string>> = {}): ReadonlySet<string> {
  const { accountIds } = placeOf(config);
  const providers = after.resources.filter(({ type }) => type === "pulumi:providers:aws");
  return new Set([
    ...(accountIds.length > 0 ? accountIds : [exampleAccountId]),
    ...accountsOf((key) => config[`aws:${key}`]),
    ...providers.flatMap(({ inputs }) => accountsOf((key) => inputs[key])),
  ]);
}

/**
 * Accounts of AWS by which load balancers write their logs: one for each region that there was before August 2022.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logAccounts = new Set(
  (
    "127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 383597477331 600734575887 " +
    "114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416 635631232127 009996457667 897822967062 " +
    "076674570225 507241528517 048591011584 190560391635 638102146993 037604701340"
  ).split(" "),
);

/**
 * The user of AWS by which CloudFront writes its logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
const logUser = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";

/** Services of AWS that write logs into buckets, and look first whether they may. */
const logServices = /^Service (delivery\.logs|logdelivery\.elasticloadbalancing|logging\.s3|cloudtrail|config)\.amazonaws\.com$/;

/** Whether AWS itself writes its logs there: nobody reads by it. */
export function writesLogs(principal: string, action: string): boolean {
  if (logServices.test(principal)) return /^s3:(PutObject|GetBucketAcl|ListBucket|GetBucketLocation)$/i.test(action);
  if (!/^s3:PutObject(Acl)?$/i.test(action)) return false;
  return principal === `CanonicalUser ${logUser}` || logAccounts.has(/^AWS (?:arn:[\w-]+:iam::)?(\d{12})\b/.exec(principal)?.[1] ?? "");
}
