import { comparePlans } from "@fairlead/changes";
import type { Plan, PlanResource, Project } from "@fairlead/plan";
import { reportOf, type ChangeReport } from "@fairlead/report";

const stackUrn = "urn:pulumi:prod::fairlead::pulumi:pulumi:Stack::fairlead-prod";
const owners = ["checkout", "payments", "search"];

function resource(type: string, name: string, inputs: Record<string, unknown>, parent = stackUrn, custom = true): PlanResource {
  const urn = `urn:pulumi:prod::fairlead::${type}::${name}`;
  return { urn, type, name, parent, custom, inputs, dependencies: [], propertyDependencies: {}, options: {} };
}

/** 300 services of three owners behind one load balancer, each asked by the next; one of them changes. */
export function manyServices(): ChangeReport {
  const project: Project = {
    root: "/nowhere",
    name: "fairlead",
    main: "/nowhere/index.js",
    configFolder: "/nowhere",
    config: { "aws:region": "us-east-1" },
    secretKeys: [],
  };
  const changes = comparePlans(planWith("512"), planWith("1024"));
  return { project: "fairlead", from: "before", to: "after", stacks: [reportOf(changes, { before: project, after: project })] };
}

function planWith(memory: string): Plan {
  const stack = { ...resource("pulumi:pulumi:Stack", "fairlead-prod", {}), urn: stackUrn, parent: null, custom: false };
  const loadBalancer = resource("fairlead:networking:LoadBalancer", "prod", {}, stackUrn, false);
  const listener = resource("aws:lb/listener:Listener", "prod", {}, loadBalancer.urn);
  const open = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "prod", { cidrIpv4: "0.0.0.0/0" }, loadBalancer.urn);
  const services: PlanResource[] = [];
  let last: PlanResource | undefined;
  for (let index = 0; index < 300; index++) {
    const name = `service-${index}`;
    const memoryMiB = index === 7 ? memory : "512";
    const spec = { name, owner: owners[index % owners.length], cpu: 256, memoryMiB: Number(memoryMiB) };
    const component = resource("fairlead:stacks:Service", name, { spec }, stackUrn, false);
    const group = resource("aws:ec2/securityGroup:SecurityGroup", name, {}, component.urn);
    services.push(
      component,
      group,
      resource("aws:ecs/taskDefinition:TaskDefinition", name, { cpu: "256", memory: memoryMiB }, component.urn),
      resource("aws:lb/listenerRule:ListenerRule", name, { listenerArn: { $output: `${listener.urn}#arn` } }, component.urn),
    );
    if (last) {
      const rule = { referencedSecurityGroupId: { $output: `${group.urn}#id` } };
      services.push(resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, rule, last.parent!));
    }
    last = group;
  }
  return { version: 1, project: "fairlead", stack: "prod", resources: [stack, loadBalancer, listener, open, ...services], outputs: {} };
}
