import type { PlanResource } from "@fairlead/plan";

import { asList, cantTell, interrupts, unknown, unreachable } from "../arguments/judge";
import { plainName } from "../recordTargets";
import { targetOf } from "../standing";
import type { CreationJudge } from "./around";
import { dnsRecords, isAddress, isWithin, parentOf, type DnsRecord } from "./dnsNames";

/** Names at the end that nobody on the internet has. @see https://www.rfc-editor.org/rfc/rfc6762#appendix-G */
const isOwn = (name: string) =>
  !name.includes(".") || /(^|\.)(internal|local|localdomain|lan|corp|home|intranet|private|home\.arpa|test)$/.test(name);

/**
 * A new zone of a VPC that was there: in it the zone alone is asked for its names, and what it does not have is answered "no such name".
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
export const newPrivateZone: CreationJudge = (created, around) => {
  const argument = created.type === "aws:route53/zone:Zone" ? "vpcs" : "vpc";
  if (asList(created.inputs[argument]).length === 0 || !around.standing.of(created, argument)) return undefined;
  if (typeof created.inputs.name !== "string") return cantTell;
  const name = plainName(created.inputs.name);
  const own = dnsRecords(around.after).filter(({ zone }) => zone === created.urn);
  const answers = (wanted: string) => own.some((record) => record.name === wanted || record.name === `*.${parentOf(wanted)}`);
  const zones = zonesOf(around.before);
  const lost = [...dnsRecords(around.before).filter(isAddress), ...foundByName(around.before, zones)].filter((record) => {
    const zone = zones.get(record.zone);
    // Of private zones the one with the longer name is asked.
    const isAsked = zone?.isPrivate === true && zone.name.length > name.length;
    return isWithin(record.name, name) && !isAsked && !answers(record.name);
  });
  const first = [...new Set(lost.map((record) => record.name))].slice(0, 3);
  if (first.length > 0) {
    const them = first.length > 1 ? ["are", "them"] : ["is", "it"];
    return unreachable(
      `Within the VPC ${first.join(", ")} ${them[0]} answered no more: the new zone alone is asked, and does not have ${them[1]}.`,
    );
  }
  const isOverlapping = [...zones.values()].some((zone) => !zone.isPrivate && (isWithin(name, zone.name) || isWithin(zone.name, name)));
  if (isOverlapping)
    return interrupts(
      "Within the VPC it is asked alone for its names: those that the public zone has, and it has not, are answered no more.",
    );
  return isOwn(name)
    ? undefined
    : unknown(
        "Within the VPC it is asked alone for its names: whether anything there uses a public one that it does not have can't be told here.",
      );
};

interface Zone {
  name: string;
  isPrivate: boolean;
}

const namespace = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";

function zonesOf(resources: readonly PlanResource[]): Map<string, Zone> {
  return new Map(
    resources.flatMap(({ urn, type, inputs: { name, vpcs } }) => {
      const isZone = type === "aws:route53/zone:Zone";
      if ((!isZone && type !== namespace) || typeof name !== "string") return [];
      return [[urn, { name: plainName(name), isPrivate: !isZone || asList(vpcs).length > 0 }] as const];
    }),
  );
}

/** Services that Cloud Map's namespaces of the plan answer for. */
function foundByName(resources: readonly PlanResource[], zones: ReadonlyMap<string, Zone>): Pick<DnsRecord, "name" | "zone">[] {
  return resources
    .filter(({ type }) => type === "aws:servicediscovery/service:Service")
    .flatMap((service) => {
      const zone = targetOf(service, "dnsConfig");
      const of = zones.get(zone);
      const { name } = service.inputs;
      return of && typeof name === "string" ? [{ zone, name: `${plainName(name)}.${of.name}` }] : [];
    });
}
