import type { Area } from "./row";

const repository = "aws:ecr/repository:Repository";
const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const listenerRule = "aws:lb/listenerRule:ListenerRule";
const subnet = "aws:ec2/subnet:Subnet";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

export const registryAndNetworking: Area[] = [
  {
    title: "Registry",
    rows: [
      {
        what: "immutable tags, scanned on push",
        components: ["Repository"],
        example: { type: repository, has: '"IMMUTABLE"' },
        test: "has immutable tags, is scanned and encrypted",
      },
      {
        what: "encryption: AES-256",
        components: ["Repository"],
        example: { type: repository, has: '"AES256"' },
        test: "has immutable tags, is scanned and encrypted",
      },
      {
        what: "encryption: KMS",
        components: ["Repository", "EncryptionKey"],
        example: { type: repository, has: '"KMS"' },
        test: "is encrypted with the key that it is given",
      },
      {
        what: "scanning: enhanced or basic, for the whole registry",
        components: ["RegistrySettings"],
        example: { type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", has: '"ENHANCED"' },
        test: "scan for ever by default",
      },
      {
        what: "lifecycle: keep the last N, untagged after N days",
        components: ["Repository"],
        example: { type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", has: "untagged" },
        test: "counts what was rolled out by itself",
      },
      {
        what: "lifecycle: never what an environment runs",
        components: ["deployedTag"],
        example: { type: "docker-build:index:Index", has: ":deployed-" },
        test: "an image is tagged as deployed only after",
      },
      {
        what: "cross-account pull",
        components: ["Repository"],
        example: { type: "aws:ecr/repositoryPolicy:RepositoryPolicy" },
        test: "lets other accounts pull when they are named",
      },
      {
        what: "replication across regions and accounts",
        components: ["RegistrySettings"],
        example: { type: "aws:ecr/replicationConfiguration:ReplicationConfiguration" },
        test: "replicate across regions and accounts",
      },
      {
        what: "pull-through cache for public registries",
        components: ["RegistrySettings"],
        example: { type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule" },
        test: "replicate across regions and accounts",
      },
      {
        what: "public repositories (ECR Public)",
        components: ["PublicRepository"],
        example: { type: "aws:ecrpublic/repository:Repository" },
        test: "a public repository says in the gallery",
      },
    ],
  },
  {
    title: "Networking",
    rows: [
      {
        what: "public subnets over 2 or 3 zones",
        components: ["Network"],
        example: { type: subnet, has: '"Public"' },
        test: "there are public, private and isolated subnets",
      },
      {
        what: "private subnets",
        components: ["Network"],
        example: { type: subnet, has: '"Private"' },
        test: "there are public, private and isolated subnets",
      },
      {
        what: "isolated subnets",
        components: ["Network"],
        example: { type: subnet, has: '"Isolated"' },
        test: "there are public, private and isolated subnets",
      },
      {
        what: "an adopted VPC",
        components: ["Network"],
        example: { type: "aws:ec2/securityGroup:SecurityGroup", has: "vpc-0a1b2c3d4e5f60718" },
        test: "an adopted VPC creates nothing",
      },
      {
        what: "NAT: one for each zone, or one",
        components: ["Network"],
        example: { type: "aws:ec2/natGateway:NatGateway" },
        test: "natGateways %s in %i zones",
      },
      {
        what: "NAT: none",
        components: ["Network"],
        example: { type: endpoint, has: "ecr.dkr" },
        test: "without NAT no subnet has a way to the internet",
      },
      {
        what: "interface endpoints for private pulls and more",
        components: ["PrivateEndpoints"],
        example: { type: endpoint, has: "ssmmessages" },
        test: "gateway endpoints for S3 and DynamoDB are free",
      },
      {
        what: "gateway endpoints for S3 and DynamoDB",
        components: ["Network"],
        example: { type: endpoint, has: '"Gateway"' },
        test: "gateway endpoints for S3 and DynamoDB are free",
      },
      {
        what: "the endpoints' security group",
        components: ["PrivateEndpoints"],
        example: { type: "aws:ec2/securityGroup:SecurityGroup", has: "VPC endpoints" },
        test: "gateway endpoints for S3 and DynamoDB are free",
      },
      {
        what: "flow logs",
        components: ["FlowLogs"],
        example: { type: "aws:ec2/flowLog:FlowLog" },
        test: "flow logs are kept unless they are switched off",
      },
      {
        what: "ALB with HTTPS on 443, redirect from 80, TLS 1.2 and newer",
        components: ["LoadBalancer"],
        example: { type: "aws:lb/listener:Listener", has: "TLS13-1-2" },
        test: "with a certificate speaks HTTPS",
      },
      {
        what: "access logs",
        components: ["AccessLogs", "LoadBalancer"],
        example: { type: loadBalancer, has: '"accessLogs"' },
        test: "logs where it is told to",
      },
      {
        what: "deletion protection",
        components: ["LoadBalancer"],
        example: { type: loadBalancer, has: '"enableDeletionProtection":true' },
        test: "is hardened by default: headers",
      },
      {
        what: "WAF",
        components: ["WebAcl"],
        example: { type: "aws:wafv2/webAclAssociation:WebAclAssociation" },
        test: "a firewall has AWS's rules and a rate limit",
      },
      {
        what: "path routing with stable, collision-free priorities",
        components: ["loadBalancing", "routePriorities"],
        keys: ["routes"],
        example: { type: listenerRule, has: '"pathPattern"' },
        test: "are distinct and within 1 to 50,000",
      },
      {
        what: "host routing",
        components: ["loadBalancing"],
        keys: ["routes"],
        example: { type: listenerRule, has: '"hostHeader"' },
        test: "put a host before none",
      },
      {
        what: "NLB for TCP",
        components: ["NetworkLoadBalancer", "tcpLoadBalancing"],
        keys: ["tcp"],
        example: { type: loadBalancer, has: '"network"' },
        test: "a TCP service has a listener of its own",
      },
      {
        what: "ACM certificate with DNS validation",
        components: ["Certificate"],
        example: { type: "aws:acm/certificateValidation:CertificateValidation" },
        test: "a certificate proves each of its names once",
      },
      {
        what: "Route 53 records",
        components: ["DnsAlias"],
        example: { type: "aws:route53/record:Record", has: '"aliases"' },
        test: "an alias has an IPv6 record",
      },
      {
        what: "CloudFront in front, the origin closed to everyone else",
        components: ["Edge"],
        example: { type: "aws:cloudfront/distribution:Distribution" },
        test: "a public origin admits CloudFront's addresses",
      },
      {
        what: "CloudFront with a VPC origin",
        components: ["Edge"],
        test: "a VPC origin needs no public address",
      },
      {
        what: "Cloud Map namespace",
        components: ["ServiceDiscovery", "discovery"],
        example: { type: "aws:servicediscovery/service:Service" },
        test: "by DNS is an A record",
      },
      {
        what: "ECS Service Connect",
        components: ["serviceConnect"],
        example: { type: "aws:ecs/service:Service", has: '"clientAlias"' },
        test: "by Service Connect is a name and a port",
      },
    ],
  },
];
