import { referenceText } from "./outputReference";

type Properties = Record<string, unknown>;

/** A resource that a remote component makes by itself. */
export interface RemoteChild {
  type: string;
  name: string;
  inputs: Properties;
}

/** What a remote component yields: its children, and outputs that refer to them. */
export interface RemoteExpansion {
  children: RemoteChild[];
  outputs: Properties;
}

/**
 * `awsx.ec2.Vpc` is a component that runs inside awsx's own plugin, which the embedded plan doesn't start. This says what it makes for
 * the arguments that packages/networking passes, with the types and names that awsx gives, so that subnets and NAT gateways are in
 * the plan. awsx alone decides the ranges and zones of the subnets: the plan shows them as known only after apply.
 *
 * @see https://github.com/pulumi/pulumi-awsx/blob/main/awsx/ec2/vpc.ts
 */
export function expandAwsxVpc(
  name: string,
  urn: string,
  inputs: Properties,
  childUrn: (type: string, name: string) => string,
): RemoteExpansion {
  const children: RemoteChild[] = [];
  const id = (type: string, childName: string) => referenceText(childUrn(type, childName), "id");
  const add = (type: string, childName: string, childInputs: Properties) => {
    children.push({ type, name: childName, inputs: childInputs });
    return id(type, childName);
  };
  const zones = (inputs.numberOfAvailabilityZones as number | undefined) ?? 3;
  const strategy = (inputs.natGateways as { strategy?: string } | undefined)?.strategy ?? "OnePerAz";
  const specs = (inputs.subnetSpecs as { type: string }[] | undefined) ?? [{ type: "Public" }, { type: "Private" }];
  const tags = (childName: string) => ({ ...(inputs.tags as Properties | undefined), Name: childName });

  const vpcId = add("aws:ec2/vpc:Vpc", name, {
    cidrBlock: inputs.cidrBlock ?? "10.0.0.0/16",
    enableDnsHostnames: inputs.enableDnsHostnames,
    enableDnsSupport: inputs.enableDnsSupport,
    tags: tags(name),
  });
  const gatewayId = add("aws:ec2/internetGateway:InternetGateway", name, { vpcId, tags: tags(name) });
  const subnetIds: Record<string, string[]> = { public: [], private: [], isolated: [] };
  const natGatewayIds: string[] = [];
  for (let zone = 1; zone <= zones; zone++) {
    for (const kind of specs.map(({ type }) => type.toLowerCase()).sort(publicFirst)) {
      const childName = `${name}-${kind}-${zone}`;
      const subnetId = add("aws:ec2/subnet:Subnet", childName, {
        vpcId,
        cidrBlock: referenceText(urn, `subnetLayout.${kind}.${zone}.cidrBlock`),
        mapPublicIpOnLaunch: kind === "public",
        tags: { ...tags(childName), SubnetType: kind[0]!.toUpperCase() + kind.slice(1) },
      });
      const routeTableId = add("aws:ec2/routeTable:RouteTable", childName, { vpcId, tags: tags(childName) });
      add("aws:ec2/routeTableAssociation:RouteTableAssociation", childName, { subnetId, routeTableId });
      subnetIds[kind]!.push(subnetId);
      const route = { routeTableId, destinationCidrBlock: "0.0.0.0/0" };
      if (kind === "public") {
        add("aws:ec2/route:Route", childName, { ...route, gatewayId });
        if (strategy === "OnePerAz" || (strategy === "Single" && zone === 1)) {
          const natName = `${name}-${zone}`;
          const allocationId = add("aws:ec2/eip:Eip", natName, { tags: tags(natName) });
          natGatewayIds.push(add("aws:ec2/natGateway:NatGateway", natName, { subnetId, allocationId, tags: tags(natName) }));
        }
      }
      if (kind === "private" && natGatewayIds.length > 0) {
        add("aws:ec2/route:Route", childName, { ...route, natGatewayId: natGatewayIds.at(-1) });
      }
    }
  }
  return {
    children,
    outputs: {
      vpcId,
      publicSubnetIds: subnetIds.public,
      privateSubnetIds: subnetIds.private,
      isolatedSubnetIds: subnetIds.isolated,
    },
  };
}

/** A private subnet's route leads through the gateway in its zone's public one, which has to be there first. */
function publicFirst(a: string, b: string): number {
  return Number(b === "public") - Number(a === "public");
}
