import { asList, interrupts, unknown, unreachable, type Meaning } from "../arguments/judge";
import type { CreationJudge } from "./around";
import { certificatesRefused } from "./certificateAuthorities";
import { dnsRecords, isAddress, isWithin, leadsTheSame, parentOf, wildcardOf, type DnsRecord } from "./dnsNames";

/** Records of both sides, and whether all that its zone has is in the plan, as far as anybody can see. */
interface Sides {
  old: readonly DnsRecord[];
  now: readonly DnsRecord[];
  isZoneKnown: boolean;
}

/** A new record of a zone that was there. */
export const newRecord: CreationJudge = (created, around) => {
  const zone = around.standing.of(created, "zoneId");
  if (!zone) return undefined;
  const sides: Sides = { old: dnsRecords(around.before), now: dnsRecords(around.after), isZoneKnown: zone.was !== undefined };
  const record = sides.now.find(({ urn }) => urn === created.urn);
  if (!record) return undefined;
  if (record.type === "CAA") return certificatesRefused(record, around.after);
  return (record.type === "NS" ? delegation(record, sides) : besideOthers(record, sides)) ?? pastWildcard(record, sides);
};

/** What a wildcard answered until now, and no longer does: a name that has any record gets nothing of it. */
function pastWildcard(record: DnsRecord, { old, now }: Sides): Meaning | undefined {
  const { name, zone } = record;
  const hasAddress = (wanted: string) => now.some((each) => each.zone === zone && each.name === wanted && isAddress(each));
  // A wildcard is for names that nobody wrote down.
  const isWildcard = name.startsWith("*.");
  const wildcards = wildcardOf(isWildcard ? `any-name.${parentOf(name)}` : name, zone, old).filter(isAddress);
  if (wildcards.length > 0) {
    const until = `Until now ${wildcards[0]!.name} answered for ${isWildcard ? "its names" : "it"}`;
    if (isAddress(record))
      return leadsTheSame(record, wildcards)
        ? undefined
        : interrupts(`${until}: ${isWildcard ? "they lead" : "the name leads"} elsewhere from then on.`);
    if (!hasAddress(name))
      return unreachable(`${until}. A name that has a record of its own gets nothing of a wildcard: it has no address.`);
  }
  // Names between the new one and the wildcard are there with it, and have nothing.
  for (let above = parentOf(name); above !== ""; above = parentOf(above)) {
    const [wildcard] = wildcardOf(above, zone, old).filter(isAddress);
    if (wildcard && !hasAddress(above))
      return interrupts(`Until now ${wildcard.name} answered for ${above}, which has no address once there is a name below it.`);
  }
  return undefined;
}

/**
 * Names that other name servers are asked for from then on, unless a zone of the plan that it leads to says the same of them.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-routing-traffic-for-subdomains.html
 */
function delegation({ name, zone, leads }: DnsRecord, { old, now, isZoneKnown }: Sides): Meaning | undefined {
  const ofOther = now.filter((record) => record.zone !== zone && leads.some((to) => to.includes(record.zone.toLowerCase())));
  const answersAlike = (record: DnsRecord) =>
    leadsTheSame(
      record,
      ofOther.filter((other) => other.name === record.name && other.type === record.type),
    );
  const below = old.filter((record) => record.zone === zone && isWithin(record.name, name) && !answersAlike(record));
  const lost = [...below, ...wildcardOf(name, zone, old)].map((record) => record.name);
  if (lost.length > 0)
    return unreachable(
      `Other name servers are asked for it and all below it from then on: what this zone says of ${[...new Set(lost)].slice(0, 3).join(", ")} nobody sees.`,
    );
  return isZoneKnown
    ? undefined
    : unknown("Other name servers are asked for it and all below it: which names the zone has there is not in the plan.");
}

/** One of several of a name, among which Route 53 chooses. */
function besideOthers(record: DnsRecord, { old, now, isZoneKnown }: Sides): Meaning | undefined {
  const { setIdentifier, weightedRoutingPolicies, failoverRoutingPolicies } = record.resource.inputs;
  if (setIdentifier === undefined || isLast(weightedRoutingPolicies, failoverRoutingPolicies)) return undefined;
  const isOther = (other: DnsRecord) => other.zone === record.zone && other.name === record.name && other.type === record.type;
  const others = old.filter((other) => isOther(other) && now.some(({ urn }) => urn === other.urn));
  if (others.length > 0)
    return leadsTheSame(record, others)
      ? undefined
      : interrupts("A part of the name's clients, who were led to others until now, is led there.");
  return isZoneKnown ? undefined : unknown("It takes a part of the clients of others of its name, which are not in the plan.");
}

/** Whether nobody is led there while others answer. */
function isLast(weighted: unknown, failover: unknown): boolean {
  const [weight, order] = [asList(weighted)[0], asList(failover)[0]] as [{ weight?: unknown }?, { type?: unknown }?];
  return weight?.weight === 0 || order?.type === "SECONDARY";
}
