import { UserError } from "@fairlead/model";

import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { describedService } from "./describedService";

/** The console's host of a region: of China and of the government's each another. */
function consoleOf(region: string): string {
  if (region.startsWith("cn-")) return `https://${region}.console.amazonaws.cn`;
  if (region.startsWith("us-gov-")) return `https://${region}.console.amazonaws-us-gov.com`;
  return `https://${region}.console.aws.amazon.com`;
}

/** The page of the console of a service, or of all of a cluster. */
export function consoleAddress(region: string, cluster: string, service?: string): string {
  const path = `ecs/v2/clusters/${encodeURIComponent(cluster)}/services`;
  return `${consoleOf(region)}/${path}${service === undefined ? "" : `/${encodeURIComponent(service)}/health`}?region=${region}`;
}

/** The page of the console of a dashboard. */
export function dashboardAddress(region: string, name: string): string {
  return `${consoleOf(region)}/cloudwatch/home?region=${region}#dashboards:name=${encodeURIComponent(name)}`;
}

/**
 * Where requests of a service come in: the host of its route, the name of the environment, or that of its load balancer, which only AWS knows.
 *
 * @throws UserError where no request comes in from outside
 */
export async function addressOf(stack: Pick<OperatedStack, "inAws" | "clients">, service: ServiceInAws): Promise<string> {
  const [route] = service.routes;
  if (!route) throw new UserError(`${service.name} has no route: nobody reaches it from outside.`);
  const path = (route.path ?? "/").replace(/\*.*$/, "");
  const host = route.host ?? stack.inAws.hosts[0];
  if (host !== undefined && !/[*?]/.test(host)) return `https://${host}${path}`;
  return `${await loadBalancerAddress(stack, service)}${path}`;
}

async function loadBalancerAddress({ inAws, clients }: Pick<OperatedStack, "inAws" | "clients">, service: ServiceInAws): Promise<string> {
  const { loadBalancers = [] } = await describedService(inAws.stack, clients, service);
  const TargetGroupArns = loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const elb = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = await clients.loadBalancers();
  const { TargetGroups = [] } =
    TargetGroupArns.length > 0 ? await client.send(new elb.DescribeTargetGroupsCommand({ TargetGroupArns })) : {};
  const [LoadBalancerArn] = TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns);
  if (LoadBalancerArn === undefined) throw new UserError(`${service.name} has no load balancer in AWS.`);
  const [{ LoadBalancers = [] }, { Listeners = [] }] = await Promise.all([
    client.send(new elb.DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] })),
    client.send(new elb.DescribeListenersCommand({ LoadBalancerArn })),
  ]);
  const isSecure = Listeners.some(({ Protocol }) => Protocol === "HTTPS");
  return `${isSecure ? "https" : "http"}://${LoadBalancers[0]!.DNSName}`;
}
