import type { PlanResource } from "@fairlead/plan";

import { leadsOf, plainName } from "../recordTargets";
import { targetOf } from "../standing";

const recordType = "aws:route53/record:Record";

/** A DNS record of the plan, as it is asked for. */
export interface DnsRecord {
  urn: string;
  /** The same for records of one zone. */
  zone: string;
  /** In full, in small letters, without the dot at the end. */
  name: string;
  type: string;
  /** Where it leads. */
  leads: readonly string[];
  resource: PlanResource;
}

/** The records of a plan whose names are known. */
export function dnsRecords(resources: readonly PlanResource[]): DnsRecord[] {
  const zones = new Map(resources.filter(({ type }) => type === "aws:route53/zone:Zone").map((zone) => [zone.urn, zone]));
  return resources
    .filter(({ type }) => type === recordType)
    .flatMap((resource) => {
      const zone = targetOf(resource, "zoneId");
      const { name, type } = resource.inputs;
      const full = fullName(name, zones.get(zone)?.inputs.name);
      return full === undefined ? [] : [{ urn: resource.urn, zone, name: full, type: String(type), leads: leadsOf(resource), resource }];
    });
}

/** Route 53 is asked for full names; the provider adds the zone's to what does not end with it. */
function fullName(name: unknown, zone: unknown): string | undefined {
  if (typeof name !== "string" || name.includes("${urn:")) return undefined;
  const [own, of] = [plainName(name), typeof zone === "string" ? plainName(zone) : undefined];
  if (of === undefined || own === of || own.endsWith(`.${of}`)) return own;
  return own === "" ? of : `${own}.${of}`;
}

export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/** Whether a record says where the name's clients go. */
export const isAddress = ({ type }: DnsRecord): boolean => ["A", "AAAA", "CNAME"].includes(type);

/** Whether one leads nowhere but where some others do. */
export const leadsTheSame = (one: DnsRecord, others: readonly DnsRecord[]): boolean =>
  one.leads.length > 0 && one.leads.every((to) => others.some(({ leads }) => leads.includes(to)));

/**
 * The wildcard that answers for a name that has no records: that of the nearest name above it that there is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4592#section-3.3
 */
export function wildcardOf(name: string, zone: string, records: readonly DnsRecord[]): DnsRecord[] {
  const own = records.filter((record) => record.zone === zone);
  const exists = (wanted: string) => own.some((record) => isWithin(record.name, wanted));
  if (name.startsWith("*.") || exists(name)) return [];
  for (let above = parentOf(name); above !== ""; above = parentOf(above)) {
    const wildcards = own.filter((record) => record.name === `*.${above}`);
    if (wildcards.length > 0) return wildcards;
    if (exists(above)) return [];
  }
  return [];
}

export const parentOf = (name: string): string => name.split(".").slice(1).join(".");
