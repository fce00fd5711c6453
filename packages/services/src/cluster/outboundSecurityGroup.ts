import type { Network } from "@fairlead/networking";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

/**
 * A security group for what runs: out to anywhere, in for nobody until something opens a port. Whoever reads its id waits for the way out: without
 * one a task can't pull its image.
 */
export function outboundSecurityGroup(
  name: string,
  description: string,
  network: Network,
  parent: pulumi.Resource,
): { id: pulumi.Output<string> } {
  const securityGroup = new ec2.SecurityGroup(name, { vpcId: network.vpcId, description }, { parent });
  const out = new vpc.SecurityGroupEgressRule(
    `${name}-out`,
    { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", description: "Out to anywhere" },
    { parent },
  );
  return { id: pulumi.all([securityGroup.id, out.id]).apply(([id]) => id) };
}
