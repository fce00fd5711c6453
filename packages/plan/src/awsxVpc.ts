import { referenceText } from "./outputReference";

type Properties = Record<string, unknown>;

/** A resource that a remote component makes by itself. */
export interface RemoteChild {
  urn: string;
  type: string;
  name: string;
  parent: string;
  inputs: Properties;
}

/** What a remote component yields: its children, and outputs that refer to them. */
export interface RemoteExpansion {
  children: RemoteChild[];
  outputs: Properties;
}

/**
 * `awsx.ec2.Vpc` is a component that runs inside awsx's own plugin, which the embedded plan doesn't start. This says what it makes for
 * the arguments that packages/networking passes, with the types, names and parents of awsx's source, so that subnets and NAT gateways
 * are in the plan. awsx alone decides the ranges and zones of the subnets: the plan shows them as known only after apply. It was not yet
 * compared with a preview by the plugin itself.
 *
 * @see https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/vpc.ts
 */
export function expandAwsxVpc(
  name: string,
  urn: string,
  inputs: Properties,
  urnOf: (parent: string, type: string, name: string) => string,
): RemoteExpansion {
  const children: RemoteChild[] = [];
  const add = (parent: string, type: string, childName: string, childInputs: Properties) => {
    const child = { urn: urnOf(parent, type, childName), type, name: childName, parent, inputs: childInputs };
    children.push(child);
    return { urn: child.urn, id: referenceText(child.urn, "id") };
  };
  const zones = (inputs.numberOfAvailabilityZones as number | undefined) ?? 3;
  const strategy = (inputs.natGateways as { strategy?: string } | undefined)?.strategy ?? "OnePerAz";
  const specs = (inputs.subnetSpecs as { type: string }[] | undefined) ?? [{ type: "Public" }, { type: "Private" }];
  const tags = (childName: string) => ({ ...(inputs.tags as Properties | undefined), Name: childName });

  const vpc = add(urn, "aws:ec2/vpc:Vpc", name, {
    cidrBlock: inputs.cidrBlock ?? "10.0.0.0/16",
    enableDnsHostnames: inputs.enableDnsHostnames,
    enableDnsSupport: inputs.enableDnsSupport,
    tags: tags(name),
  });
  const vpcId = vpc.id;
  const gateway = add(vpc.urn, "aws:ec2/internetGateway:InternetGateway", name, { vpcId, tags: tags(name) });
  const subnetIds: Record<string, string[]> = { public: [], private: [], isolated: [] };
  let natGatewayId: string | undefined;
  for (let zone = 1; zone <= zones; zone++) {
    for (const kind of specs.map(({ type }) => type.toLowerCase()).sort(publicFirst)) {
      const childName = `${name}-${kind}-${zone}`;
      const subnet = add(vpc.urn, "aws:ec2/subnet:Subnet", childName, {
        vpcId,
        cidrBlock: referenceText(urn, `subnetLayout.${kind}.${zone}.cidrBlock`),
        mapPublicIpOnLaunch: kind === "public",
        tags: { ...tags(childName), SubnetType: kind[0]!.toUpperCase() + kind.slice(1) },
      });
      const routeTable = add(subnet.urn, "aws:ec2/routeTable:RouteTable", childName, { vpcId, tags: tags(childName) });
      const association = { subnetId: subnet.id, routeTableId: routeTable.id };
      add(routeTable.urn, "aws:ec2/routeTableAssociation:RouteTableAssociation", childName, association);
      subnetIds[kind]!.push(subnet.id);
      if (kind === "public" && (strategy === "OnePerAz" || (strategy === "Single" && zone === 1))) {
        const natName = `${name}-${zone}`;
        const address = add(subnet.urn, "aws:ec2/eip:Eip", natName, { tags: tags(natName) });
        const natInputs = { subnetId: subnet.id, allocationId: address.id, tags: tags(natName) };
        natGatewayId = add(subnet.urn, "aws:ec2/natGateway:NatGateway", natName, natInputs).id;
      }
      const target = { public: { gatewayId: gateway.id }, private: natGatewayId && { natGatewayId } }[kind];
      if (target) {
        const route = { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", ...target };
        add(routeTable.urn, "aws:ec2/route:Route", childName, route);
      }
    }
  }
  return {
    children,
    outputs: { vpcId, publicSubnetIds: subnetIds.public, privateSubnetIds: subnetIds.private, isolatedSubnetIds: subnetIds.isolated },
  };
}

/** A private subnet's route leads through the gateway in its zone's public one, which has to be there first. */
function publicFirst(a: string, b: string): number {
  return Number(b === "public") - Number(a === "public");
}
