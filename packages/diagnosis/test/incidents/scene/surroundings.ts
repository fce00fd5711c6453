import { addEndpoints, everything, network } from "../../../testing/scenes/network";
import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { Sketch } from "../sketch";

/** Subnets, routes, endpoints and security groups as the sketch has them. */
export function changeNetwork(scene: ServiceScene, sketch: Sketch): void {
  const { subnets, endpoints, endpointsOpen, egress, publicIp } = sketch.network ?? {};
  const { state, account } = scene;
  for (const [letter, { way, free }] of Object.entries(subnets ?? {})) {
    const SubnetId = `subnet-0${letter}1`;
    if (!state.subnets.some((each) => each.SubnetId === SubnetId)) addSubnet(scene, letter);
    const subnet = state.subnets.find((each) => each.SubnetId === SubnetId)!;
    if (free !== undefined) subnet.AvailableIpAddressCount = free;
    const table = state.routeTables.find(({ Associations }) => Associations!.some((each) => each.SubnetId === SubnetId))!;
    const local = table.Routes!.filter(({ GatewayId }) => GatewayId === "local");
    const [nat] = state.natGateways;
    const out = { DestinationCidrBlock: "0.0.0.0/0", State: "active" as const };
    if (way === "nat") table.Routes = [...local, { ...out, NatGatewayId: nat!.NatGatewayId }];
    if (way === "internet") table.Routes = [...local, { ...out, GatewayId: "igw-0a1" }];
    if (way === "none") table.Routes = local;
  }
  if (subnets && scene.service) {
    scene.service.networkConfiguration!.awsvpcConfiguration!.subnets = Object.keys(subnets).map((letter) => `subnet-0${letter}1`);
  }
  const closed = Object.values(subnets ?? {}).some(({ way }) => way === "none");
  if (closed && !endpoints?.includes("s3"))
    state.vpcEndpoints = state.vpcEndpoints.filter(({ ServiceName }) => !ServiceName!.endsWith(".s3"));
  addEndpoints(
    account,
    (endpoints ?? []).filter((name) => name !== "s3"),
  );
  if (endpointsOpen === false) {
    const group = state.securityGroups.find(({ GroupId }) => GroupId === network.endpointSecurityGroupId)!;
    const UserIdGroupPairs = [{ GroupId: "sg-0bastion", UserId: account.accountId }];
    group.IpPermissions = [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs }];
  }
  if (publicIp) scene.service.networkConfiguration!.awsvpcConfiguration!.assignPublicIp = "ENABLED";
  const own = state.securityGroups.find(({ GroupId }) => GroupId === scene.taskSecurityGroupId)!;
  own.IpPermissionsEgress = egress
    ? egress.map((port) => ({ ...everything(), IpProtocol: "tcp", FromPort: port, ToPort: port }))
    : [everything()];
  if (scene.targetGroup) admitLoadBalancer(scene, sketch);
}

function addSubnet({ state, account }: ServiceScene, letter: string): void {
  const index = letter.charCodeAt(0) - 97;
  const [pattern] = state.subnets;
  const SubnetId = `subnet-0${letter}1`;
  state.subnets.push({ ...pattern!, SubnetId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${account.region}${letter}` });
  const RouteTableId = `rtb-0${index}`;
  const Associations = [{ RouteTableAssociationId: `rtbassoc-0${index}`, RouteTableId, SubnetId, Main: false }];
  state.routeTables.push({ ...structuredClone(state.routeTables[0]!), RouteTableId, Associations });
}

function admitLoadBalancer(
  scene: ServiceScene,
  { network: { loadBalancerAllowed, loadBalancerZones = ["a", "b"] } = {}, containers }: Sketch,
): void {
  const own = scene.state.securityGroups.find(({ GroupId }) => GroupId === scene.taskSecurityGroupId)!;
  const port = loadBalancerAllowed ?? containers?.find(({ name }) => name === "app")?.port ?? 8080;
  const UserIdGroupPairs = [{ GroupId: network.loadBalancerSecurityGroupId, UserId: scene.account.accountId }];
  own.IpPermissions = port === false ? [] : [{ IpProtocol: "tcp", FromPort: port, ToPort: port, UserIdGroupPairs }];
  scene.state.loadBalancers[0]!.AvailabilityZones = loadBalancerZones.map((zone) => ({
    ...{ ZoneName: `${scene.account.region}${zone}`, SubnetId: `subnet-0public${zone}` },
  }));
}
