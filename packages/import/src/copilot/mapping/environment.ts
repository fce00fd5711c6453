import type { Outcome } from "../../findings/finding";

/** What a key of an environment's manifest is here. */
export interface EnvironmentRow {
  path: string;
  outcome: Outcome;
  to?: string;
  text?: string;
  whole?: boolean;
}

const exact = (path: string, to?: string, text?: string): EnvironmentRow => ({ path, outcome: "exact", to, text });
const decide = (path: string, text: string): EnvironmentRow => ({ path, outcome: "decide", text, whole: true });
const changed = (path: string, to: string, text: string): EnvironmentRow => ({ path, outcome: "changed", to, text, whole: true });

/** Every key of `copilot/environments/<environment>/manifest.yml`. */
export const environmentRows: readonly EnvironmentRow[] = [
  exact("name", "stacks/environments.json"),
  exact("type"),
  exact("network.vpc.id", "new Network({ vpcId })"),
  exact("network.vpc.cidr", "fairlead:cidrBlock"),
  exact("network.vpc.subnets.public[].id", "new Network({ publicSubnetIds })"),
  exact("network.vpc.subnets.private[].id", "new Network({ privateSubnetIds })"),
  changed(
    "network.vpc.subnets.public[].cidr",
    "fairlead:cidrBlock",
    "the network's range is divided among zones and kinds of subnets by itself.",
  ),
  changed(
    "network.vpc.subnets.private[].cidr",
    "fairlead:cidrBlock",
    "the network's range is divided among zones and kinds of subnets by itself.",
  ),
  changed("network.vpc.subnets.public[].az", "availabilityZones", "the region's first zones are taken."),
  changed("network.vpc.subnets.private[].az", "availabilityZones", "the region's first zones are taken."),
  decide(
    "network.vpc.security_group",
    "Each service has a security group of its own: open it for others under calls, or by a rule in the stack.",
  ),
  changed("network.vpc.flow_logs", "new Network({ flowLogs })", "all traffic is logged, and kept as long as the environment's logs."),
  decide(
    "cdn",
    "Put an Edge before the load balancer: new Edge({ domainNames, certificateArn, originDomainName, … }) in the stack. The certificate is of us-east-1, and the load balancer has one as well, for a name of its own: CloudFront speaks TLS with it, also where terminate_tls had it speak plain HTTP.",
  ),
  changed("http.public.certificates", "fairlead:certificateArn", "a load balancer has one certificate: take one for all of the names."),
  changed("http.public.access_logs", "new AccessLogs(…)", "a bucket is made for them, in which they stay 90 days."),
  exact("http.public.ssl_policy", "new LoadBalancer({ sslPolicy })"),
  { ...exact("http.public.ingress.source_ips", "new LoadBalancer({ cidrBlocks })"), whole: true },
  decide(
    "http.public.ingress.cdn",
    'The load balancer admits the internet. Once an Edge is before it: new LoadBalancer({ admits: "cloudFrontVpcOrigin" }), which has no public address.',
  ),
  decide(
    "http.public.security_groups",
    "The load balancer admits the internet: new LoadBalancer({ admits }) or a WebAcl in the stack keeps others out.",
  ),
  changed(
    "http.private.certificates",
    "new LoadBalancer({ internal, certificateArn })",
    "a load balancer has one certificate: take one for all of the names.",
  ),
  exact("http.private.ingress.vpc", "new LoadBalancer({ internal })"),
  {
    ...exact(
      "http.private.subnets",
      "new LoadBalancer({ internal, transform })",
      "where no service has a route at it, no internal load balancer is made, as before.",
    ),
    whole: true,
  },
  decide(
    "http.private.security_groups",
    "The internal load balancer admits the network: new LoadBalancer({ cidrBlocks }) in the stack keeps others out.",
  ),
  exact("http.private.ssl_policy", "new LoadBalancer({ sslPolicy })"),
  exact("observability.container_insights", "new Cluster({ containerInsights })"),
];
