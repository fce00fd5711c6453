import { addressRange, coverAddresses, isEverybody } from "@fairlead/changes";
import type { PlanResource } from "@fairlead/plan";

import { asList, cantTell, interrupts, lessProtected, opened, unreachable } from "../arguments/judge";
import { documentIn } from "../openings/statements";
import { targetOf } from "../standing";
import type { Around, CreationJudge } from "./around";

type Inputs = Readonly<Record<string, unknown>>;

const elsewhere = ["vpcPeeringConnectionId", "transitGatewayId", "coreNetworkArn", "localGatewayId", "odbNetworkArn"];
const machines = ["networkInterfaceId", "vpcEndpointId"];

/** A new route of a table that was there. */
export const newRoute: CreationJudge = (created, around) => {
  if (!around.standing.of(created, "routeTableId")) return undefined;
  const { inputs } = created;
  const to = destinationOf(inputs);
  if (machines.some((argument) => inputs[argument] !== undefined))
    return interrupts(`Packets for ${to} pass what it leads to, which answers for them or drops them.`);
  if (elsewhere.some((argument) => inputs[argument] !== undefined) || /^vgw-/.test(String(inputs.gatewayId)))
    return lessProtected(
      `A way into another network, ${to}: what is in its subnets and what is there reach each other as far as security groups let them.`,
    );
  const others = routesOf(created, around);
  const isOutward =
    ["natGatewayId", "egressOnlyGatewayId"].some((argument) => inputs[argument] !== undefined) && isEverybody(rangesOf(inputs));
  if (isOutward && !others.some((other) => isEverybody(rangesOf(other))) && !around.isOurs(created.urn))
    return lessProtected("What is in its subnets reaches the internet from then on.");
  const wider = others.find((other) => isWider(other, inputs));
  return wider && interrupts(`Packets for ${to} went by the route for ${destinationOf(wider)} until now: the narrower one is taken.`);
};

const destinationOf = ({ destinationCidrBlock, cidrBlock, destinationIpv6CidrBlock, ipv6CidrBlock, destinationPrefixListId }: Inputs) =>
  String(
    destinationCidrBlock ??
      cidrBlock ??
      destinationIpv6CidrBlock ??
      ipv6CidrBlock ??
      destinationPrefixListId ??
      "addresses known only after apply",
  );

const rangesOf = (route: Inputs) => [addressRange(destinationOf(route))].flatMap((range) => range ?? []);

/** Those that the table of a new one had. */
function routesOf(created: PlanResource, { before }: Around): Inputs[] {
  const table = targetOf(created, "routeTableId");
  const inTable = before
    .filter(({ type, urn }) => type === "aws:ec2/routeTable:RouteTable" && urn === table)
    .flatMap(({ inputs }) => asList(inputs.routes) as Inputs[]);
  const own = before
    .filter((other) => other.type === created.type && targetOf(other, "routeTableId") === table)
    .map(({ inputs }) => inputs);
  return [...inTable, ...own];
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
function isWider(one: Inputs, other: Inputs): boolean {
  const [wide, narrow] = [one, other].map((each) => addressRange(destinationOf(each)));
  return wide !== undefined && narrow !== undefined && coverAddresses([wide], narrow) && !coverAddresses([narrow], wide);
}

/** A way to the internet for a VPC that had none. */
export const newInternetGateway: CreationJudge = (created, { standing }) =>
  standing.of(created, "vpcId")
    ? lessProtected("The VPC has a way to and from the internet: what has a public address there needs a route alone to be reached.")
    : undefined;

/**
 * The group that a VPC has by itself: the program takes over what it finds, and only its own rules are left.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/
 */
export const newDefaultGroup: CreationJudge = (created, { standing }) => {
  const { vpcId, ingress } = created.inputs;
  // Without one it is that of the account's default VPC.
  if (vpcId !== undefined && !standing.of(created, "vpcId")) return undefined;
  const blocks = asList(ingress).flatMap((rule) => {
    const { cidrBlocks, ipv6CidrBlocks } = (rule ?? {}) as { cidrBlocks?: unknown; ipv6CidrBlocks?: unknown };
    return [...asList(cidrBlocks), ...asList(ipv6CidrBlocks)];
  });
  const isOpen = isEverybody(blocks.flatMap((block) => addressRange(String(block)) ?? []));
  return isOpen
    ? opened("Everybody on the internet may connect to whatever names no security group of its own.")
    : interrupts(
        "It is there already: the rules that it has are taken away, and with them the connections of whatever names no group of its own.",
      );
};

/** An endpoint of a VPC that was there, by which all requests for its service go: what its policy doesn't allow is refused. */
export const newEndpoint: CreationJudge = (created, { standing }) => {
  const { policy, routeTableIds, privateDnsEnabled } = created.inputs;
  if (policy === undefined || !standing.of(created, "vpcId")) return undefined;
  if (asList(routeTableIds).length === 0 && privateDnsEnabled !== true) return undefined;
  const document = documentIn(policy);
  if (!document) return cantTell;
  const allowsAll = document.permissions.some(
    ({ effect, principal, action, resource, conditions }) =>
      effect === "Allow" && principal === "*" && /^(\w+:)?\*$/.test(action) && resource === "*" && conditions.length === 0,
  );
  return allowsAll
    ? undefined
    : interrupts(
        "Requests for that service go by it from then on, and what its policy doesn't allow is refused: of S3 also the layers of images, which are in buckets of AWS.",
      );
};

/** A firewall before what was there. */
export const newFirewall: CreationJudge = (created, around) => {
  if (!around.standing.of(created, "resourceArn")) return undefined;
  const acl = around.after.find(({ urn }) => urn === targetOf(created, "webAclArn"));
  // Another one beside it is told as the second of the same.
  const isSecond = around.before.some(
    (other) => other.type === created.type && targetOf(other, "resourceArn") === targetOf(created, "resourceArn"),
  );
  if (!acl && isSecond) return undefined;
  if (!acl) return interrupts("Its rules are not in the plan: which requests that passed until now it refuses can't be told here.");
  const { defaultAction, rules, ruleJson } = acl.inputs as { defaultAction?: object; rules?: unknown; ruleJson?: unknown };
  const all = asList(rules) as Rule[];
  if (!("block" in (defaultAction ?? {})))
    return ruleJson !== undefined || all.some(mayRefuse) ? interrupts("Its rules may refuse requests that passed until now.") : undefined;
  const lets = ruleJson !== undefined || all.some(({ action }) => "allow" in (action ?? {}));
  return lets
    ? interrupts("Requests that none of its rules allows are refused from then on.")
    : unreachable("It refuses every request: its default is to block, and no rule allows any.");
};

interface Rule {
  action?: object;
  overrideAction?: object;
}

/** One that only counts refuses nothing. */
const mayRefuse = ({ action, overrideAction }: Rule) => !["count", "allow"].some((each) => each in { ...action, ...overrideAction });
