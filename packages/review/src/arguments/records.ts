import { isForProgramsAlone, isProof } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import { leadsOf } from "../recordTargets";
import {
  byReference,
  harmless,
  interrupts,
  itemsBeyond,
  raised,
  unreachable,
  whenever,
  type ArgumentChange,
  type Judge,
  type Judges,
} from "./judge";
import { changedTexts } from "./recordTexts";

const kindOf = ({ inputs }: PlanResource) => String(inputs.type).toUpperCase();

const elsewhere = unreachable("The name leads elsewhere from then on.");
const otherRouting = (text: string) => whenever(interrupts(text));

/** Whether it leads nowhere that it led to until now. */
const leads: Judge = byReference(({ before, after, was, is, isNew }) => {
  if (isNew || isProof(is.inputs)) return undefined;
  const [kind, lost] = [kindOf(is), itemsBeyond(leadsOf(was), leadsOf(is))];
  if (kind === "TXT" || kind === "SPF") return kindOf(was) === kind ? changedTexts(before, after) : undefined;
  if (lost.length === 0) return undefined;
  if (isForProgramsAlone(is.inputs))
    return interrupts("Whoever asks for it is told something else: mail servers, or a service that wants a proof.");
  if (kind === "CAA") return interrupts("Other authorities may issue certificates for it: those that are left out refuse, also to renew.");
  if (kind === "MX" && hostsOf(was).every((host) => hostsOf(is).includes(host)))
    return interrupts("Mail comes to its servers in another order.");
  return elsewhere;
});

/** Of a mail server `10 mail.example.com` without how early it is asked. */
const hostsOf = (record: PlanResource) => leadsOf(record).map((to) => to.replace(/^\d+\s+/, ""));

const addresses = ["A", "AAAA", "CNAME"];

/** A name that leads to the same is answered all the same: an alias in the place of a CNAME. */
const kind: Judge = ({ was, is, isNew }) => {
  if (isNew) return undefined;
  const isOfAddress = [was, is].every((record) => addresses.includes(kindOf(record)));
  const isSame = leadsOf(was).length > 0 && itemsBeyond(leadsOf(was), leadsOf(is)).length === 0;
  return isOfAddress && isSame ? undefined : unreachable("The name is answered with another kind of record.");
};

const hasAlias = ({ was, is }: ArgumentChange) => [was, is].some(({ inputs }) => inputs.aliases !== undefined);
const longer = raised(interrupts("Clients keep an answer for longer: a later change reaches them later."));

/** A name in DNS. */
export const records: Judges = {
  allowOverwrite: ({ after, isNew, is }) =>
    isNew && after === true && !isProof(is.inputs)
      ? unreachable("It takes the place of a record of that name that is there: the name leads elsewhere, and with this one it is gone.")
      : undefined,
  setIdentifier: harmless,
  multivalueAnswerRoutingPolicy: otherRouting("Clients are told several addresses, or one."),
  cidrRoutingPolicy: otherRouting("Clients of other networks are led there."),
  geoproximityRoutingPolicy: otherRouting("Clients of other places are led there."),
  aliases: leads,
  records: leads,
  type: kind,
  // An alias has the time of what it leads to.
  ttl: (change) => (hasAlias(change) ? undefined : longer(change)),
  healthCheckId: otherRouting("Another check decides whether the name is answered."),
  weightedRoutingPolicies: otherRouting("Another share of the requests goes there."),
  failoverRoutingPolicies: otherRouting("The name leads elsewhere when something fails."),
  geolocationRoutingPolicies: otherRouting("Clients of other places are led there."),
  latencyRoutingPolicies: otherRouting("Clients of other places are led there."),
};
