import type { IpPermission, RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";

import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";

/** What a task calls before its program runs. */
export type StartTarget = "ecr" | "registry" | "secretsmanager" | "ssm" | "logs";

/** Endpoints by which each is reached, as they stand after `com.amazonaws.<region>.`. */
const endpointsOf: Record<StartTarget, readonly string[]> = {
  ecr: ["ecr.api", "ecr.dkr", "s3"],
  registry: [],
  secretsmanager: ["secretsmanager"],
  ssm: ["ssm"],
  logs: ["logs"],
};

/** Why the tasks' subnets don't reach a service, and what opens the way; undefined where what was seen does not tell. */
export function whyUnreachable(facts: Facts, target: StartTarget): { problem: string; fix: string } | undefined {
  const tables = valueOf(facts.gathered.routeTables);
  const endpoints = valueOf(facts.gathered.endpoints);
  if (!tables || !endpoints) return undefined;
  const { subnets, securityGroups, isPublic } = facts.place;
  const closed = subnets.filter((id) => !leadsOut(tableOf(id, tables), isPublic));
  const missing = endpointsOf[target].filter((name) => !endpoints.some(({ ServiceName = "" }) => ServiceName.endsWith(`.${name}`)));
  const blocked = endpoints.flatMap((endpoint) => blockedBy(endpoint, endpointsOf[target], facts, securityGroups));
  const groups = securityGroups.flatMap((id) => facts.gathered.securityGroups.get(id) ?? []);
  // One of several groups is enough to let it out.
  const isShutIn = groups.length > 0 && groups.length === securityGroups.length;
  if (isShutIn && !groups.some(({ IpPermissionsEgress = [] }) => admits(IpPermissionsEgress, 443))) {
    return {
      problem: `the security group ${groups[0]!.GroupId} of the tasks lets no HTTPS (port 443) out`,
      fix: "Let the tasks' security group let HTTPS (port 443) out: deploy again, after `pulumi refresh` where somebody changed it by hand.",
    };
  }
  if (blocked.length > 0) return { problem: blocked[0]!, fix: "Let the endpoint's security group admit HTTPS (port 443) from the tasks." };
  if (closed.length === 0) return undefined;
  const way =
    blackhole(closed.map((id) => tableOf(id, tables))) ??
    `${closed.join(", ")} ${closed.length === 1 ? "has" : "have"} no route to a NAT gateway`;
  const openWay = "Give the private subnets a NAT gateway";
  if (target === "registry") return { problem: way, fix: `${openWay}, or copy the image into the account's registry.` };
  if (missing.length === 0) return undefined;
  const names = missing.join(", ");
  const isSome = missing.length < endpointsOf[target].length;
  return {
    problem: `${way}, and the VPC has no endpoint for ${isSome ? names : `it (${names})`}`,
    fix: `${openWay}, or the endpoint that is missing (${names}), whose security group admits HTTPS from the tasks.`,
  };
}

/** The table of a subnet: its own, or the VPC's main one. */
function tableOf(subnetId: string, tables: readonly RouteTable[]): RouteTable | undefined {
  return (
    tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ??
    tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main))
  );
}

function leadsOut(table: RouteTable | undefined, isPublic: boolean): boolean {
  return (table?.Routes ?? []).some((route) => {
    const isDefault = route.DestinationCidrBlock === "0.0.0.0/0" || route.DestinationIpv6CidrBlock === "::/0";
    if (!isDefault || route.State === "blackhole") return false;
    // An internet gateway serves those alone that have a public address.
    if (route.GatewayId?.startsWith("igw-")) return isPublic;
    const { GatewayId, NatGatewayId, TransitGatewayId, NetworkInterfaceId, InstanceId, EgressOnlyInternetGatewayId } = route;
    const others = [EgressOnlyInternetGatewayId, route.VpcPeeringConnectionId, route.CoreNetworkArn];
    return [GatewayId, NatGatewayId, TransitGatewayId, NetworkInterfaceId, InstanceId, ...others].some((way) => way !== undefined);
  });
}

function blackhole(tables: readonly (RouteTable | undefined)[]): string | undefined {
  const route = tables
    .flatMap((table) => table?.Routes ?? [])
    .find(({ State, DestinationCidrBlock }) => State === "blackhole" && DestinationCidrBlock === "0.0.0.0/0");
  return route && `the route to the internet leads to ${route.NatGatewayId ?? route.NetworkInterfaceId ?? "something"} that is gone`;
}

/** Whether an endpoint's security group keeps the tasks out. */
function blockedBy(
  { ServiceName = "", VpcEndpointType, Groups = [], VpcEndpointId, PrivateDnsEnabled }: VpcEndpoint,
  names: readonly string[],
  facts: Facts,
  tasks: string[],
): string[] {
  // Without its private name nobody is led to it.
  if (PrivateDnsEnabled === false) return [];
  if (VpcEndpointType !== "Interface" || !names.some((name) => ServiceName.endsWith(`.${name}`))) return [];
  const groups = Groups.flatMap(({ GroupId }) => facts.gathered.securityGroups.get(GroupId!) ?? []);
  if (groups.length < Groups.length || groups.length === 0) return [];
  const addresses = facts.gathered.subnets.flatMap(({ CidrBlock }) => CidrBlock ?? []);
  if (groups.some((group) => admits(group.IpPermissions ?? [], 443, tasks, addresses))) return [];
  return [
    `the security group ${groups[0]!.GroupId} of the endpoint ${VpcEndpointId} (${ServiceName}) does not admit HTTPS (port 443) from the tasks`,
  ];
}

/** Whether rules let something through to a port: from security groups or addresses, where these are given; else to anywhere. */
export function admits(
  rules: readonly IpPermission[],
  port: number,
  groups: readonly string[] = [],
  addresses: readonly string[] = [],
): boolean {
  return rules.some(
    ({ IpProtocol, FromPort = 0, ToPort = 65_535, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] }) => {
      if (IpProtocol !== "-1" && !(/^(tcp|6)$/.test(IpProtocol ?? "") && FromPort <= port && port <= ToPort)) return false;
      if (groups.length === 0 && addresses.length === 0)
        return IpRanges.length + Ipv6Ranges.length + PrefixListIds.length + UserIdGroupPairs.length > 0;
      if (UserIdGroupPairs.some(({ GroupId }) => groups.includes(GroupId!))) return true;
      // A list of prefixes may have them: nobody is told to be blocked who may not be.
      if (PrefixListIds.length > 0) return true;
      return IpRanges.some(({ CidrIp = "" }) =>
        addresses.length === 0 ? CidrIp === "0.0.0.0/0" : addresses.some((address) => contains(CidrIp, address)),
      );
    },
  );
}

/** Whether one IPv4 range is within another. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [rangeOf(outer), rangeOf(inner)];
  if (!a || !b || a.bits > b.bits) return false;
  const size = 2 ** (32 - a.bits);
  return Math.floor(a.base / size) === Math.floor(b.base / size);
}

function rangeOf(text: string): { base: number; bits: number } | undefined {
  const [, a, b, c, d, bits = "32"] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  if (a === undefined) return undefined;
  return { base: ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d), bits: Number(bits) };
}

/** The security groups that keep the load balancer out of the tasks' port; undefined where they don't, or that can't be told. */
export function blocksLoadBalancer(facts: Facts, port: number): { tasks: string; balancer: string } | undefined {
  const { securityGroups } = facts.place;
  const groups = securityGroups.flatMap((id) => facts.gathered.securityGroups.get(id) ?? []);
  const balancers = facts.gathered.loadBalancers[0]?.SecurityGroups ?? [];
  // Without security groups of its own, as some network load balancers are, it comes from addresses that are not known here.
  if (groups.length === 0 || groups.length < securityGroups.length || balancers.length === 0) return undefined;
  const blocked = { tasks: groups[0]!.GroupId!, balancer: balancers[0]! };
  const ofBalancer = balancers.flatMap((id) => facts.gathered.securityGroups.get(id) ?? []);
  if (ofBalancer.length === balancers.length && !ofBalancer.some(({ IpPermissionsEgress = [] }) => admits(IpPermissionsEgress, port)))
    return blocked;
  // A range of addresses may have the load balancer's.
  const mayAdmit = groups.some(({ IpPermissions = [] }) => admits(IpPermissions, port, balancers) || admitsAddresses(IpPermissions, port));
  return mayAdmit ? undefined : blocked;
}

function admitsAddresses(rules: readonly IpPermission[], port: number): boolean {
  return rules.some(
    (rule) => (rule.IpRanges ?? []).length + (rule.Ipv6Ranges ?? []).length > 0 && admits([{ ...rule, UserIdGroupPairs: [] }], port),
  );
}
