import type { PlanResource } from "@fairlead/plan";

import { asList, interrupts, isUnknown, unknown, unreachable, type Meaning } from "../arguments/judge";
import { plainName } from "../recordTargets";
import { isWithin, type DnsRecord } from "./dnsNames";

/**
 * The names by which Amazon's authority knows itself.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
 */
const amazon = /^(amazon\.com|amazontrust\.com|awstrust\.com|amazonaws\.com)$/;

/** Of a CAA record that does not let ACM issue certificates for its name and those below it. */
export function certificatesRefused({ name, resource }: DnsRecord, after: readonly PlanResource[]): Meaning | undefined {
  const { records } = resource.inputs;
  if (isUnknown(records)) return unknown("Which authorities may issue certificates for it is known only after apply.");
  const allowed = (tag: string) => asList(records).flatMap((record) => authorityIn(String(record), tag));
  const [issue, wild] = [allowed("issue"), allowed("issuewild")];
  const isRefused = (authorities: readonly string[]) => authorities.length > 0 && !authorities.some((each) => amazon.test(each));
  // Where nothing is said of wildcards, what is said of others counts for them.
  const refuses = (of: string) => isRefused(of.startsWith("*.") && wild.length > 0 ? wild : issue);
  if (!isRefused(issue) && !isRefused(wild)) return undefined;
  const covered = after.filter(isIssued).flatMap(({ inputs }) => [inputs.domainName, ...asList(inputs.subjectAlternativeNames)]);
  const lost = covered
    .filter((each): each is string => typeof each === "string")
    .map(plainName)
    .find((each) => isWithin(each.replace(/^\*\./, ""), name) && refuses(each));
  return lost === undefined
    ? interrupts("Amazon may issue no certificate for it and the names below it any more, nor renew one.")
    : unreachable(`Amazon may not renew the certificate for ${lost} any more: once that ends clients refuse it.`);
}

const isIssued = ({ type, inputs }: PlanResource) => type === "aws:acm/certificate:Certificate" && inputs.privateKey === undefined;

/** `0 issue "letsencrypt.org; accounturi=…"` → `letsencrypt.org`; none is `;`. */
function authorityIn(record: string, wanted: string): string[] {
  const [, tag, value = ""] = /^\s*\d+\s+(\w+)\s+"?([^"]*)"?/.exec(record) ?? [];
  return tag?.toLowerCase() === wanted ? [value.split(";")[0]!.trim().toLowerCase()] : [];
}
