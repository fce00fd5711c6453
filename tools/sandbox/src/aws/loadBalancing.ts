import { AwsError, type ResourceModel } from "./model";

const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const listenerRule = "aws:lb/listenerRule:ListenerRule";

function refuseName(kind: string, name: string): void {
  if (!/^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
    throw new AwsError("ValidationError", `The ${kind} name '${name}' must have 1 to 32 letters, digits and hyphens, none at an end`);
  }
}

/** Elastic Load Balancing v2. */
export const loadBalancing: Record<string, ResourceModel> = {
  [loadBalancer]: {
    autoName: "name",
    replaceOn: ["name", "internal", "loadBalancerType"],
    refuse({ name, subnets }, world, id) {
      refuseName("load balancer", name);
      if (subnets.length < 2)
        throw new AwsError("ValidationError", "At least two subnets in two different Availability Zones must be specified");
      if (world.all(loadBalancer).some((other) => other.id !== id && other.inputs.name === name)) {
        throw new AwsError("DuplicateLoadBalancerName", `A load balancer with the name '${name}' exists`);
      }
    },
    create: ({ name }, { unique, arn, region }) => {
      const suffix = unique(16);
      const id = arn("elasticloadbalancing", `loadbalancer/app/${name}/${suffix}`);
      const dnsName = `${name}-${parseInt(suffix.slice(0, 8), 16)}.${region}.elb.amazonaws.com`;
      return { id, outputs: { arn: id, arnSuffix: `app/${name}/${suffix}`, dnsName, zoneId: "Z35SXDOTRQ7X7K" } };
    },
    refuseDelete(_, { enableDeletionProtection }) {
      if (enableDeletionProtection)
        throw new AwsError("OperationNotPermitted", "Load balancer cannot be deleted because deletion protection is enabled");
    },
  },
  [listener]: {
    replaceOn: ["loadBalancerArn"],
    refuse({ loadBalancerArn, port }, world, id) {
      if (!world.get(loadBalancer, loadBalancerArn))
        throw new AwsError("LoadBalancerNotFound", `Load balancer '${loadBalancerArn}' not found`);
      const twin = world
        .all(listener)
        .some((other) => other.id !== id && other.inputs.loadBalancerArn === loadBalancerArn && other.inputs.port === port);
      if (twin) throw new AwsError("DuplicateListener", `A listener already exists on port ${port}`);
    },
    create: ({ loadBalancerArn }, { unique }) => {
      const id = `${loadBalancerArn.replace(":loadbalancer/", ":listener/")}/${unique(16)}`;
      return { id, outputs: { arn: id } };
    },
  },
  [targetGroup]: {
    autoName: "name",
    replaceOn: ["name", "port", "protocol", "vpcId", "targetType"],
    refuse({ name, healthCheck }, world, id) {
      refuseName("target group", name);
      if (healthCheck && healthCheck.timeout >= healthCheck.interval) {
        throw new AwsError("ValidationError", "Health check interval must be greater than the timeout");
      }
      if (world.all(targetGroup).some((other) => other.id !== id && other.inputs.name === name)) {
        throw new AwsError("DuplicateTargetGroupName", `A target group with the name '${name}' exists`);
      }
    },
    create: ({ name }, { unique, arn }) => {
      const suffix = unique(16);
      const id = arn("elasticloadbalancing", `targetgroup/${name}/${suffix}`);
      return { id, outputs: { arn: id, arnSuffix: `targetgroup/${name}/${suffix}` } };
    },
    refuseDelete(id, _, world) {
      const user = world
        .all(listenerRule)
        .find(({ inputs }) => inputs.actions.some((action: { targetGroupArn?: string }) => action.targetGroupArn === id));
      if (user) throw new AwsError("ResourceInUse", `Target group '${id}' is currently in use by a listener or a rule`);
    },
  },
  [listenerRule]: {
    replaceOn: ["listenerArn"],
    refuse({ listenerArn, priority }, world, id) {
      if (!world.get(listener, listenerArn)) throw new AwsError("ListenerNotFound", `Listener '${listenerArn}' not found`);
      if (!(priority >= 1 && priority <= 50_000)) throw new AwsError("ValidationError", `Priority '${priority}' must be from 1 to 50000`);
      const twin = world
        .all(listenerRule)
        .some((other) => other.id !== id && other.inputs.listenerArn === listenerArn && other.inputs.priority === priority);
      if (twin) throw new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`);
    },
    create: ({ listenerArn }, { unique }) => {
      const id = `${listenerArn.replace(":listener/", ":listener-rule/")}/${unique(16)}`;
      return { id, outputs: { arn: id } };
    },
  },
};
