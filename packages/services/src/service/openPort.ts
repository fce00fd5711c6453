import type { Binding } from "@fairlead/foundation";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

/** A port behind a security group. */
export type Reachable = NonNullable<Binding["ingress"]>;

/** Ports of an instance of which Docker chooses one for each task in bridge mode. */
export const dynamicPorts = { fromPort: 32768, toPort: 65535 };

/** Opens a port for the tasks of `from`, and for nobody else. */
export function openPort(
  from: { label: string; securityGroupId: pulumi.Input<string> },
  to: Reachable & { networkMode?: "awsvpc" | "bridge" | "host" },
  parent: pulumi.Resource,
): vpc.SecurityGroupIngressRule {
  return new vpc.SecurityGroupIngressRule(
    `${to.name}-from-${from.label}`,
    {
      securityGroupId: to.securityGroupId,
      referencedSecurityGroupId: from.securityGroupId,
      ipProtocol: "tcp",
      ...(to.networkMode === "bridge" ? dynamicPorts : { fromPort: to.port, toPort: to.port }),
      description: `From ${from.label}`,
    },
    { parent },
  );
}
