import type { DiagnosisClients } from "../clients";
import type { Gathered } from "./gathered";
import { valueOf, type Lookout } from "./lookout";
import { placeOf, targetRevision } from "./revision";

/** Target groups whose targets are asked for: a blue/green service has two. */
const mostTargetGroups = 5;

/** What sends requests to the service's tasks, and what it thinks of them. */
export async function gatherTargets(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const revision = targetRevision(gathered);
  const loadBalancers = [...(revision?.loadBalancers ?? []), ...(valueOf(gathered.service)?.loadBalancers ?? [])];
  const named = [
    ...(revision?.resolvedConfiguration?.loadBalancers ?? []).map(({ targetGroupArn }) => targetGroupArn),
    ...loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
      targetGroupArn,
      advancedConfiguration?.alternateTargetGroupArn,
    ]),
  ];
  const arns = [...new Set(named)].filter((arn) => arn !== undefined).slice(0, mostTargetGroups);
  if (arns.length === 0) return;
  const { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand, DescribeTargetHealthCommand } =
    await import("@aws-sdk/client-elastic-load-balancing-v2");
  const groups = async () => {
    const command = new DescribeTargetGroupsCommand({ TargetGroupArns: arns });
    const action = "elasticloadbalancing:DescribeTargetGroups";
    const seen = valueOf(await lookout.ask(action, async () => (await clients.loadBalancing()).send(command)));
    gathered.targetGroups = arns.flatMap((arn) => seen?.TargetGroups?.find(({ TargetGroupArn }) => TargetGroupArn === arn) ?? []);
    const balancers = [...new Set(gathered.targetGroups.flatMap(({ LoadBalancerArns }) => LoadBalancerArns ?? []))];
    if (balancers.length === 0) return;
    const describe = new DescribeLoadBalancersCommand({ LoadBalancerArns: balancers });
    const describing = "elasticloadbalancing:DescribeLoadBalancers";
    const found = valueOf(await lookout.ask(describing, async () => (await clients.loadBalancing()).send(describe)));
    gathered.loadBalancers = found?.LoadBalancers ?? [];
  };
  const health = arns.map(async (TargetGroupArn) => {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn });
    const action = "elasticloadbalancing:DescribeTargetHealth";
    const seen = await lookout.ask(action, async () => (await clients.loadBalancing()).send(command));
    const descriptions = seen.state === "seen" ? ({ state: "seen", value: seen.value.TargetHealthDescriptions ?? [] } as const) : seen;
    gathered.targetHealth.set(TargetGroupArn, descriptions);
  });
  await Promise.all([groups(), ...health]);
}

/** Subnets, routes, endpoints and security groups: how a task gets out, and who gets in. */
export async function gatherNetwork(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { subnets: SubnetIds, securityGroups } = placeOf(gathered);
  if (SubnetIds.length === 0) return;
  const { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand, DescribeSubnetsCommand, DescribeVpcEndpointsCommand } =
    await import("@aws-sdk/client-ec2");
  const subnets = new DescribeSubnetsCommand({ SubnetIds });
  gathered.subnets = valueOf(await lookout.ask("ec2:DescribeSubnets", async () => (await clients.ec2()).send(subnets)))?.Subnets ?? [];
  const vpcId = gathered.subnets[0]?.VpcId;
  const Filters = [{ Name: "vpc-id", Values: [vpcId ?? ""] }];
  const routes = async () => {
    if (vpcId === undefined) return;
    const command = new DescribeRouteTablesCommand({ Filters });
    const seen = await lookout.ask("ec2:DescribeRouteTables", async () => (await clients.ec2()).send(command));
    gathered.routeTables = seen.state === "seen" ? { state: "seen", value: seen.value.RouteTables ?? [] } : seen;
  };
  const endpoints = async () => {
    if (vpcId === undefined) return;
    const command = new DescribeVpcEndpointsCommand({ Filters });
    const seen = await lookout.ask("ec2:DescribeVpcEndpoints", async () => (await clients.ec2()).send(command));
    gathered.endpoints = seen.state === "seen" ? { state: "seen", value: seen.value.VpcEndpoints ?? [] } : seen;
  };
  await Promise.all([routes(), endpoints()]);
  const ofEndpoints = (valueOf(gathered.endpoints) ?? []).flatMap(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId!));
  const ofBalancers = gathered.loadBalancers.flatMap(({ SecurityGroups = [] }) => SecurityGroups);
  const GroupIds = [...new Set([...securityGroups, ...ofBalancers, ...ofEndpoints])];
  if (GroupIds.length === 0) return;
  // By filter: an id that is gone is then no error, which would hide the others.
  const groups = new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-id", Values: GroupIds.slice(0, 200) }] });
  const seen = valueOf(await lookout.ask("ec2:DescribeSecurityGroups", async () => (await clients.ec2()).send(groups)));
  for (const group of seen?.SecurityGroups ?? []) gathered.securityGroups.set(group.GroupId!, group);
}
