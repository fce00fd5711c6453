import { ArgumentErrors } from "@fairlead/foundation";
import { portRange, shiftsTraffic } from "@fairlead/model";
import type { Network, NetworkLoadBalancer } from "@fairlead/networking";
import type * as pulumi from "@pulumi/pulumi";

import type { ServiceFeature } from "./feature";
import { admitLoadBalancer } from "./loadBalancing";
import { checkTarget, tcpTargetGroup } from "./targetGroup";

/** Arguments of {@link tcpLoadBalancing}. */
export interface TcpLoadBalancingArgs {
  network: Network;
  networkLoadBalancer: NetworkLoadBalancer;
  /** Port of the load balancer. */
  port: number;
  /** Ends TLS at the load balancer. Plain TCP by default. */
  certificateArn?: pulumi.Input<string>;
  /** Seconds that a target that is leaving may finish; 0 to 3,600. 30 by default. */
  deregistrationDelaySeconds?: number;
}

/** Puts the service behind a Network Load Balancer, on a port of its own. */
export function tcpLoadBalancing(args: TcpLoadBalancingArgs): ServiceFeature {
  return (context) => {
    const { name, parent, containerName, containerPort, targetType } = context;
    const errors = new ArgumentErrors();
    errors.range("port", args.port, portRange, "as a port");
    checkTarget(context, args, errors);
    if (shiftsTraffic(context.deployment))
      errors.refuse("deployment.strategy", "traffic shifts need listener rules, which TCP has none of: ROLLING");
    errors.throwIfAny(`Service ${name}`);
    const target = {
      vpcId: args.network.vpcId,
      port: containerPort!,
      targetType,
      deregistrationDelaySeconds: args.deregistrationDelaySeconds,
    };
    const targetGroup = tcpTargetGroup(`${name}-tcp`, target, { parent });
    const { port, certificateArn } = args;
    const listener = args.networkLoadBalancer.listen(name, { port, certificateArn, targetGroupArn: targetGroup.arn }, parent);
    const openings = admitLoadBalancer(context, args.networkLoadBalancer.securityGroupId, "nlb");
    return {
      service: {
        loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName: containerName!, containerPort: containerPort! }],
        healthCheckGracePeriodSeconds: 60,
      },
      dependsOn: [listener, ...openings],
    };
  };
}
