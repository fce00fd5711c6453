import type { Network } from "@fairlead/networking";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

/** A security group for what runs: out to anywhere, in for nobody until something opens a port. */
export function outboundSecurityGroup(name: string, description: string, network: Network, parent: pulumi.Resource): ec2.SecurityGroup {
  const securityGroup = new ec2.SecurityGroup(name, { vpcId: network.vpcId, description }, { parent });
  new vpc.SecurityGroupEgressRule(
    `${name}-out`,
    { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", description: "Out to anywhere" },
    { parent },
  );
  return securityGroup;
}
