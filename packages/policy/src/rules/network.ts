import { each, expectInput, type Rule } from "../rule";

const vpc = "aws:ec2/vpc:Vpc";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

const authorizedPorts = [80, 443];
/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19 */
const highRiskPorts = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300,
];

const fromAnywhere = ({ inputs }: { inputs: Record<string, unknown> }) => inputs.cidrIpv4 === "0.0.0.0/0" || inputs.cidrIpv6 === "::/0";

/** A rule that a VPC has an interface endpoint for a service. */
function hasEndpoint(control: string, service: string): Rule {
  return each(control, `VPCs have an endpoint for ${service}`, vpc, "Set endpoints to true.", (resource, plan) => {
    const found = plan.ofType(endpoint).some(({ inputs }) => String(inputs.serviceName).endsWith(`.${service}`));
    return found ? undefined : `it has no endpoint for ${service}`;
  });
}

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html */
export const networkRules: Rule[] = [
  each("EC2.2", "The default security group lets nobody in", vpc, "Manage it without rules.", (_, plan) => {
    const groups = plan.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    const empty = (rules: unknown) => ((rules ?? []) as unknown[]).length === 0;
    return groups.some(({ inputs }) => empty(inputs.ingress) && empty(inputs.egress))
      ? undefined
      : "its default security group lets members talk to each other";
  }),
  each(
    "EC2.6",
    "VPCs have flow logs",
    vpc,
    "Leave flowLogs on.",
    (resource, plan) => plan.ofType("aws:ec2/flowLog:FlowLog").length === 0 && "it has no flow logs",
  ),
  expectInput(
    "EC2.8",
    "Instances give credentials by IMDSv2 alone",
    template,
    "metadataOptions.httpTokens",
    ["required"],
    "Set it to required.",
  ),
  expectInput(
    "EC2.15",
    "Subnets give no public addresses by themselves",
    "aws:ec2/subnet:Subnet",
    "mapPublicIpOnLaunch",
    [false, undefined],
    "Set mapPublicIpOnLaunch to false.",
  ),
  each(
    "EC2.18",
    "Only web ports are open to everybody",
    ingress,
    "Name who may, by cidrBlocks or a security group.",
    (resource) =>
      fromAnywhere(resource) &&
      !authorizedPorts.includes(Number(resource.inputs.fromPort)) &&
      `port ${String(resource.inputs.fromPort)} is open to everybody`,
  ),
  each("EC2.19", "Ports that are attacked are not open to everybody", ingress, "Name who may.", (resource) => {
    if (!fromAnywhere(resource)) return undefined;
    if (resource.inputs.ipProtocol === "-1") return "all ports are open to everybody";
    const [from, to] = [Number(resource.inputs.fromPort), Number(resource.inputs.toPort)];
    const open = highRiskPorts.some((port) => from <= port && port <= to);
    return open && `ports ${from} to ${to} are open to everybody`;
  }),
  each("EC2.25", "Instances have no public address", template, "Set it to false.", ({ inputs }) => {
    const interfaces = (inputs.networkInterfaces ?? []) as { associatePublicIpAddress?: unknown }[];
    return (
      interfaces.some(({ associatePublicIpAddress }) => String(associatePublicIpAddress) === "true") && "associatePublicIpAddress is true"
    );
  }),
  hasEndpoint("EC2.55", "ecr.api"),
  hasEndpoint("EC2.56", "ecr.dkr"),
  hasEndpoint("EC2.57", "ssm"),
  each(
    "AutoScaling.9",
    "Instances start from a launch template",
    "aws:autoscaling/group:Group",
    "Give it one.",
    ({ inputs }) => inputs.launchTemplate === undefined && "it has no launchTemplate",
  ),
];

const distribution = "aws:cloudfront/distribution:Distribution";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html */
export const edgeRules: Rule[] = [
  each(
    "CloudFront.1",
    "Distributions have a default root object",
    distribution,
    "Set it, where / is an object.",
    ({ inputs }) => !inputs.defaultRootObject && "defaultRootObject is not set",
  ),
  expectInput(
    "CloudFront.3",
    "Viewers come over TLS",
    distribution,
    "defaultCacheBehavior.viewerProtocolPolicy",
    ["redirect-to-https", "https-only"],
    "Set it to redirect-to-https.",
  ),
  each(
    "CloudFront.4",
    "Distributions fail over",
    distribution,
    "Give it an origin group.",
    ({ inputs }) => ((inputs.originGroups ?? []) as unknown[]).length === 0 && "it has one origin",
  ),
  each(
    "CloudFront.5",
    "Distributions log",
    distribution,
    "Give it loggingConfig.",
    (resource, plan) => plan.read(resource, "loggingConfig.bucket") === undefined && "it has no access logs",
  ),
  each(
    "CloudFront.6",
    "Distributions have a firewall",
    distribution,
    "Give it a webAcl.",
    ({ inputs }) => inputs.webAclId === undefined && "it has no web ACL",
  ),
  each(
    "CloudFront.7",
    "Distributions have a certificate of their own",
    distribution,
    "Give it certificateArn.",
    (resource, plan) => plan.read(resource, "viewerCertificate.acmCertificateArn") === undefined && "it uses CloudFront's certificate",
  ),
  expectInput(
    "CloudFront.8",
    "Distributions use SNI",
    distribution,
    "viewerCertificate.sslSupportMethod",
    ["sni-only"],
    "Set it to sni-only.",
  ),
  each("CloudFront.9", "Origins are asked over TLS", distribution, "Set originProtocolPolicy to https-only.", ({ inputs }) => {
    const origins = (inputs.origins ?? []) as { customOriginConfig?: { originProtocolPolicy?: string } }[];
    return (
      origins.some(({ customOriginConfig: config }) => config && config.originProtocolPolicy !== "https-only") &&
      "an origin is asked over plain HTTP"
    );
  }),
  each("CloudFront.10", "Origins are asked by TLS 1.2", distribution, "Set originSslProtocols to TLSv1.2.", ({ inputs }) => {
    const origins = (inputs.origins ?? []) as { customOriginConfig?: { originSslProtocols?: string[] } }[];
    return (
      origins.some(({ customOriginConfig: config }) => config?.originSslProtocols?.includes("SSLv3")) && "an origin may be asked by SSLv3"
    );
  }),
  each(
    "WAF.10",
    "Web ACLs have rules",
    "aws:wafv2/webAcl:WebAcl",
    "Give it rules.",
    ({ inputs }) => ((inputs.rules ?? []) as unknown[]).length === 0 && "it has no rules",
  ),
  each(
    "WAF.11",
    "Web ACLs log",
    "aws:wafv2/webAcl:WebAcl",
    "Give it a logging configuration.",
    (resource, plan) =>
      plan.attachedTo(resource, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "resourceArn").length === 0 &&
      "it has no logs",
  ),
];
