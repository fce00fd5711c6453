import { asList, interrupts, itemsBeyond, opened, worstOf, type Judge, type Meaning } from "./judge";

interface Behavior {
  pathPattern?: unknown;
  cachePolicyId?: unknown;
  originRequestPolicyId?: unknown;
  trustedKeyGroups?: unknown;
  trustedSigners?: unknown;
}

/**
 * AWS's own policies that tell no visitor from another: neither cookies nor `Authorization` are in the key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const cachesForAll = [
  "658327ea-f89d-4fab-a63d-7e88639e58f6",
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  "08627262-05a9-4f76-9ded-b50ca2e3a84f",
];

/**
 * AWS's own policies that pass cookies on.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
const passesCookies = [
  "216adef6-5c7f-47e4-b989-5492eafa07d3",
  "33f36d7e-f396-46d9-90e0-52428a34d9dc",
  "b689b0a8-53d0-40ab-baf2-68738e2966ac",
];

/** What CloudFront keeps, passes on, and lets in, by path. */
export const cacheBehaviors: Judge = ({ before, after }) => {
  const old = asList(before) as Behavior[];
  return worstOf([
    ...(asList(after) as Behavior[]).flatMap(
      (now) =>
        judged(
          old.find(({ pathPattern }) => pathPattern === now.pathPattern),
          now,
        ) ?? [],
    ),
    interrupts("Requests are answered, kept or passed on otherwise than before."),
  ]);
};

function judged(was: Behavior | undefined, is: Behavior): Meaning | undefined {
  if (was && hasSigners(was) && !hasSigners(is))
    return opened("Everybody who knows an address is answered: until now it had to be signed.");
  // Whoever names a path may know that nobody's cookies decide there.
  if (!was && sharesAnswers(is))
    return interrupts(`What one visitor is answered at ${String(is.pathPattern)}, by their cookies, is kept and given to others.`);
  if (was && sharesAnswers(is) && !sharesAnswers(was))
    return opened("What one visitor is answered, by their cookies, is kept and given to others.");
  if (was && itemsBeyond(asList(is.trustedKeyGroups), asList(was.trustedKeyGroups)).length > 0)
    return opened("Who has another key may sign addresses.");
  return undefined;
}

const hasSigners = ({ trustedKeyGroups, trustedSigners }: Behavior) => asList(trustedKeyGroups).length + asList(trustedSigners).length > 0;

const sharesAnswers = ({ cachePolicyId, originRequestPolicyId }: Behavior) =>
  cachesForAll.includes(String(cachePolicyId)) && passesCookies.includes(String(originRequestPolicyId));
