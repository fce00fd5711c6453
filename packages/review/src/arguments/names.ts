import { isProof } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import {
  asList,
  cantTell,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  itemsBeyond,
  loses,
  raised,
  unreachable,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** A certificate is for its name and its further ones; a wildcard is for each name one level below. */
const fewerNames: Judge = ({ was, is }) => {
  const namesOf = ({ inputs }: PlanResource) => [inputs.domainName, ...asList(inputs.subjectAlternativeNames)];
  const covers = (name: unknown) => (other: unknown) =>
    name === other ||
    (typeof name === "string" &&
      typeof other === "string" &&
      other.startsWith("*.") &&
      name.split(".").slice(1).join(".") === other.slice(2));
  const lost = namesOf(was).filter((name) => name !== undefined && !namesOf(is).some(covers(name)));
  if (lost.some(isUnknown)) return cantTell;
  return lost.length > 0 ? unreachable(`Clients refuse it for ${lost.join(", ")}: it is no longer for that name.`) : undefined;
};

/** Certificates, and names in DNS and Cloud Map. */
export const names: Readonly<Record<string, Judges>> = {
  "aws:acm/certificate:Certificate": {
    domainName: fewerNames,
    subjectAlternativeNames: fewerNames,
    validationMethod: ({ after }) => (after === "EMAIL" ? interrupts("`up` waits until somebody has answered an e-mail.") : undefined),
    tags: harmless,
    options: whenever(interrupts("Clients that ask for a public log of certificates may refuse it.")),
  },
  "aws:acm/certificateValidation:CertificateValidation": {},
  "aws:route53/record:Record": {
    ...harmlessOnes("allowOverwrite"),
    aliases: ({ before, after }) => {
      const targets = (value: unknown) => asList(value).map((item) => (item as { name?: unknown }).name);
      return itemsBeyond(targets(before), targets(after)).length > 0 ? unreachable("The name leads elsewhere from then on.") : undefined;
    },
    records: ({ before, after, is }) =>
      isProof(is.inputs) || itemsBeyond(before, after).length === 0 ? undefined : unreachable("The name leads elsewhere from then on."),
    type: whenever(unreachable("The name is answered with another kind of record.")),
    ttl: raised(interrupts("Clients keep an answer for longer: a later change reaches them later.")),
    healthCheckId: whenever(interrupts("Another check decides whether the name is answered.")),
    weightedRoutingPolicies: whenever(interrupts("Another share of the requests goes there.")),
    failoverRoutingPolicies: whenever(interrupts("The name leads elsewhere when something fails.")),
    geolocationRoutingPolicies: whenever(interrupts("Clients of other places are led there.")),
    latencyRoutingPolicies: whenever(interrupts("Clients of other places are led there.")),
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": harmlessOnes("tags description"),
  "aws:servicediscovery/service:Service": {
    ...harmlessOnes("tags description forceDestroy"),
    dnsConfig: whenever(interrupts("Callers are told other records, or keep them for another time.")),
    healthCheckConfig: loses(interrupts("Callers may be told of tasks that are not well.")),
  },
};
