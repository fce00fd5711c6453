import type { PlanResource } from "@fairlead/plan";

import {
  asList,
  byReference,
  cantTell,
  firstOf,
  gains,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  lessProtected,
  loses,
  turnedOn,
  unreachable,
  whenever,
  type Judge,
  type Judges,
} from "./judge";
import { records } from "./records";

/** A certificate is for its name and its further ones; a wildcard is for each name one level below. */
const fewerNames: Judge = byReference(({ was, is }) => {
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
});

/** Certificates, and names in DNS and Cloud Map. */
export const names: Readonly<Record<string, Judges>> = {
  "aws:acm/certificate:Certificate": {
    domainName: fewerNames,
    subjectAlternativeNames: fewerNames,
    validationMethod: ({ after }) => (after === "EMAIL" ? interrupts("`up` waits until somebody has answered an e-mail.") : undefined),
    tags: harmless,
    earlyRenewalDuration: harmless,
    ...Object.fromEntries(
      ["certificateBody", "certificateChain", "privateKey", "privateKeyWo", "privateKeyWoVersion"].map((name) => [
        name,
        whenever(interrupts("Clients see another certificate: those that don't trust who signed it refuse it.")),
      ]),
    ),
    options: whenever(
      interrupts("Whether it stands in the public logs of certificates is another choice: clients that ask for that may refuse it."),
    ),
  },
  "aws:route53/zone:Zone": {
    ...harmlessOnes("tags comment enableAcceleratedRecovery"),
    forceDestroy: turnedOn(lessProtected("The names in it no longer keep AWS from deleting it.")),
    vpcs: firstOf(
      loses(unreachable("In a VPC that is left no name of it is answered.")),
      gains(
        interrupts("In a VPC that comes it is asked alone for its names: public ones that it does not have are answered no more there."),
      ),
    ),
  },
  "aws:acm/certificateValidation:CertificateValidation": {},
  "aws:route53/record:Record": records,
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": harmlessOnes("tags description"),
  "aws:servicediscovery/service:Service": {
    ...harmlessOnes("tags description forceDestroy"),
    dnsConfig: whenever(interrupts("Callers are told other records, or keep them for another time.")),
    healthCheckConfig: loses(interrupts("Callers may be told of tasks that are not well.")),
  },
};
