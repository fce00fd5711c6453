import type { Explanations } from "./explanation";

/** What can be wrong with a network. */
export const networkCodes = {
  FL2301: {
    title: "adopted VPC without enough subnets",
    meaning:
      "Network was given the id of a VPC, and its subnets of a kind are in fewer zones than are needed: two, or availabilityZones. Where they aren't named, those that hand out public addresses at launch are taken as public, the others as private.",
    consequence: "A load balancer needs public subnets in two zones, and tasks in one zone alone end when it does. Nothing was changed.",
    fix: "Name them as publicSubnetIds and privateSubnetIds, where the VPC tells them apart by something else, or add them to the VPC.",
    example: 'new Network("shared", {\n  vpcId: "vpc-0a1b2c3d4e5f60718",\n  privateSubnetIds: ["subnet-0a1b", "subnet-0c2d"],\n});',
  },
  FL2302: {
    title: "arguments of awsx.ec2.Vpc that can't be planned",
    meaning:
      "awsx or AWS refuses the arguments, or the plan knows no answer without asking AWS: an argument that it doesn't know, IPAM's and IPv6's ranges, more than three zones without names.",
    consequence: "Without a plan of the VPC there is none of the stack. Nothing was changed.",
    fix: "The message names the argument and what it may be. For a VPC that can't be planned: create it outside the stack, and adopt it by its id.",
    example: 'new Network("shared", { vpcId: "vpc-0a1b2c3d4e5f60718" });',
  },
  FL2303: {
    title: "two public subnets in one zone",
    meaning: "Network was given the id of a VPC and publicSubnetIds, two of which are in the same zone.",
    consequence: "A load balancer takes one subnet of each zone, and AWS refuses it. Nothing was changed.",
    fix: "Leave one of the two out. Where none is named, the first of each zone is taken.",
    example: 'new Network("shared", {\n  vpcId: "vpc-0a1b2c3d4e5f60718",\n  publicSubnetIds: ["subnet-0a1b", "subnet-0c2d"],\n});',
  },
  FL2304: {
    title: "log of a CloudFront firewall with a key of another region",
    meaning:
      "A WebAcl with the scope CLOUDFRONT was given a KMS key for its log. WAF keeps what is CloudFront's in us-east-1, the log too, and the key is in another region.",
    consequence: "CloudWatch Logs takes a key of its own region alone, and refuses the log group.",
    fix: "Give it a key in us-east-1, or none: CloudWatch then encrypts the log with its own.",
    example:
      'const { arn } = new EncryptionKey("edge", { description: "Logs of the edge", region, keyRegion: "us-east-1" });\nnew WebAcl("edge", { scope: "CLOUDFRONT", logs: { kmsKeyArn: arn } });',
  },
  FL2305: {
    title: "HTTPS without a domain name",
    meaning:
      "A load balancer has a certificate, and nobody said by which name it is reached. Its own name at AWS ends in elb.amazonaws.com, which no certificate of yours can be for.",
    consequence:
      "The stack's url is that name, and every client refuses the connection. This is a warning: a name that leads there elsewhere works.",
    fix: "Say the name: domainName in the stack's configuration. With hostedZoneId, a zone of Route 53, it is led there as well.",
    example: "pulumi config set domainName shop.example.com -s prod\npulumi config set hostedZoneId Z0123456789ABCDEFGHIJ -s prod",
  },
  FL2306: {
    title: "tasks in a zone without a mount target",
    meaning:
      "Network was given the id of a VPC, and there is a file system. It has one mount target in each of as many zones as availabilityZones says, 2 by default, and the private subnets are in others as well.",
    consequence: "ECS would start tasks there too, and those that mount the file system would fail. Nothing was changed.",
    fix: "Say in how many zones the subnets are, or name those subnets alone that tasks are to run in. A zone of the private subnets needs an isolated one as well.",
    example: 'new Network("shared", { vpcId: "vpc-0a1b2c3d4e5f60718", availabilityZones: 3 });',
  },
  FL2307: {
    title: "no way out of the network to what tasks need",
    meaning:
      'A Network has natGateways: "none", so that tasks reach what is in it and what its endpoints lead to. A service has a sidecar whose image is not in ECR of the region, as those of ' +
      "logRouting and tracing are not; or it needs a service of AWS that has no endpoint here; or instances of yours lack those of ECS.",
    consequence:
      "Tasks whose images can't be pulled don't start (CannotPullContainerError), instances don't join the cluster, and calls end in timeouts. A warning: you may have made another way out.",
    fix: 'Name what is missing in additionalEndpoints. For images of other registries: natGateways: "single", or a copy of the image in ECR as one of the service\'s sidecars.',
    example:
      'new Network("closed", {\n  region,\n  natGateways: "none",\n  endpoints: true,\n  additionalEndpoints: ["sqs", "ecs", "ecs-agent", "ecs-telemetry"],\n});',
  },
} satisfies Explanations<"FL23">;
