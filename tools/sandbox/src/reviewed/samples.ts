import { createHash } from "node:crypto";

import type { Asked } from "./awsProvider";

const prefixes: Record<string, string> = {
  "ec2/eip:Eip": "eipalloc",
  "ec2/internetGateway:InternetGateway": "igw",
  "ec2/launchTemplate:LaunchTemplate": "lt",
  "ec2/natGateway:NatGateway": "nat",
  "ec2/routeTable:RouteTable": "rtb",
  "ec2/securityGroup:SecurityGroup": "sg",
  "ec2/subnet:Subnet": "subnet",
  "ec2/vpc:Vpc": "vpc",
  "ec2/vpcEndpoint:VpcEndpoint": "vpce",
};

/** A value as AWS might give it to an attribute of one resource: always the same, and another for each. */
export function sampleOf({ urn, type, name }: Asked, attribute: string): string {
  const hash = createHash("sha256").update(`${urn}#${attribute}`).digest("hex");
  const [, kind = ""] = /^aws:(.*)$/.exec(type) ?? [];
  const [service = "sample", member = "sample"] = kind.split(/[/:]/);
  if (/digest$/i.test(attribute)) return `sha256:${hash}`;
  if (/^ref$/i.test(attribute)) return `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}@sha256:${hash}`;
  if (/arn(\[\d+\])?$/i.test(attribute)) return `arn:aws:${service}:us-east-1:123456789012:${member}/${name}/${hash.slice(0, 16)}`;
  if (/url$/i.test(attribute)) return `https://${hash.slice(0, 8)}.example.com/${name}`;
  return `${prefixes[kind] ?? member}-${hash.slice(0, 17)}`;
}
