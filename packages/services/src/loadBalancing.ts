import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import type { LoadBalancer, Network } from "@fairlead/networking";

import type { ServiceFeature } from "./feature";

/** HTTP health check of a target group. */
export interface HealthCheckArgs {
  /** `/` by default. */
  path?: string;
  /** Seconds between two checks of a target; 5 to 300. 15 by default: a bad task is out after two of them. */
  intervalSeconds?: number;
  /** Seconds after which a check without an answer has failed; 2 to 120 and less than the interval. 5 by default. */
  timeoutSeconds?: number;
}

/** A path that the load balancer forwards to the service, and the rule's priority on its listener, 1 to 50,000. */
export interface Route {
  path: string;
  priority: number;
}

/** Arguments of {@link loadBalancing}. */
export interface LoadBalancingArgs {
  network: Network;
  loadBalancer: LoadBalancer;
  routes: Route[];
  healthCheck?: HealthCheckArgs;
  /** Seconds that a target that is leaving may finish its requests; 0 to 3,600. 30 by default, the tasks' own stop timeout. */
  deregistrationDelaySeconds?: number;
}

/** Puts the service behind the environment's load balancer, and admits the load balancer alone to its port. */
export function loadBalancing(args: LoadBalancingArgs): ServiceFeature {
  return ({ name, parent, containerName, containerPort, securityGroupId }) => {
    const options = { parent };
    const { path = "/", intervalSeconds = 15, timeoutSeconds = 5 } = args.healthCheck ?? {};
    const targetGroup = new lb.TargetGroup(
      name,
      {
        vpcId: args.network.vpcId,
        targetType: "ip",
        protocol: "HTTP",
        port: containerPort,
        deregistrationDelay: args.deregistrationDelaySeconds ?? 30,
        healthCheck: {
          path,
          protocol: "HTTP",
          matcher: "200-299",
          interval: intervalSeconds,
          timeout: timeoutSeconds,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
      },
      options,
    );
    const rules = args.routes.map(
      (route) =>
        new lb.ListenerRule(
          `${name}${ruleSuffix(route.path)}`,
          {
            listenerArn: args.loadBalancer.listenerArn,
            priority: route.priority,
            conditions: [{ pathPattern: { values: [route.path] } }],
            actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
          },
          options,
        ),
    );
    const port = { ipProtocol: "tcp", fromPort: containerPort, toPort: containerPort };
    const albSecurityGroupId = args.loadBalancer.securityGroupId;
    new vpc.SecurityGroupIngressRule(
      `${name}-from-alb`,
      { ...port, securityGroupId, referencedSecurityGroupId: albSecurityGroupId, description: "From the load balancer" },
      options,
    );
    new vpc.SecurityGroupEgressRule(
      `alb-to-${name}`,
      { ...port, securityGroupId: albSecurityGroupId, referencedSecurityGroupId: securityGroupId, description: `To ${name}` },
      options,
    );
    return {
      service: {
        loadBalancers: [{ targetGroupArn: targetGroup.arn, containerName, containerPort }],
        healthCheckGracePeriodSeconds: 60,
      },
      // ECS refuses a service whose target group no listener uses yet.
      dependsOn: rules,
    };
  };
}

/** Keeps rule names apart without depending on their order: `/api/*` → `-api`, `/*` → ``. */
function ruleSuffix(path: string): string {
  const words = path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return words ? `-${words}` : "";
}
