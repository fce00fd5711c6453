import { isProof } from "@fairlead/model/awsTypes";

import { harmless, harmlessOnes, interrupts, loses, raised, unreachable, whenever, type Judges } from "./judge";

/** Certificates, and names in DNS and Cloud Map. */
export const names: Readonly<Record<string, Judges>> = {
  "aws:acm/certificate:Certificate": {
    tags: harmless,
    options: whenever(interrupts("Clients that ask for a public log of certificates may refuse it.")),
  },
  "aws:acm/certificateValidation:CertificateValidation": {},
  "aws:route53/record:Record": {
    ...harmlessOnes("allowOverwrite"),
    aliases: whenever(unreachable("The name leads elsewhere from then on.")),
    records: ({ is }) => (isProof(is.inputs.name) ? undefined : unreachable("The name leads elsewhere from then on.")),
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
