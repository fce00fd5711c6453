import type { Binding } from "@fairlead/foundation";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

/** A port behind a security group. */
export type Reachable = NonNullable<Binding["ingress"]>;

/** Where a container's port is reached: in bridge mode at a port of the instance that Docker chooses for each task. */
export function portsOf(networkMode: "awsvpc" | "bridge" | "host", containerPort: number): { fromPort: number; toPort: number } {
  return networkMode === "bridge" ? { fromPort: 32768, toPort: 65535 } : { fromPort: containerPort, toPort: containerPort };
}

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
      ...portsOf(to.networkMode ?? "awsvpc", to.port),
      description: `From ${from.label}`,
    },
    { parent },
  );
}
