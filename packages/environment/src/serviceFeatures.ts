import type { Queue } from "@fairlead/data";
import { takesProxy } from "@fairlead/manifest";
import type { ServiceLogGroup } from "@fairlead/observability";
import {
  discovery,
  loadBalancing,
  scaling,
  serviceConnect,
  tcpLoadBalancing,
  type EcsServiceArgs,
  type ServiceFeature,
} from "@fairlead/services";

import type { ServiceArgs } from "./serviceArgs";

/** What a service has besides its tasks, by what its manifest says. */
export function featuresOf(args: ServiceArgs, logGroup: ServiceLogGroup): ServiceFeature[] {
  const { spec, network, networkLoadBalancer, serviceDiscovery, routes, settings } = args;
  // Manifests with internal were refused where there is none.
  const loadBalancer = spec.internal ? args.internalLoadBalancer! : args.loadBalancer;
  const { ambiguousNames } = args;
  const { healthCheck, deregistrationDelaySeconds, stickinessSeconds } = spec;
  const features: ServiceFeature[] = [];
  if (routes.length > 0)
    features.push(
      loadBalancing({ network, loadBalancer, routes, ambiguousNames, healthCheck, deregistrationDelaySeconds, stickinessSeconds }),
    );
  if (spec.tcp) {
    // Manifests with tcp were refused where there is none.
    const shared = { network, networkLoadBalancer: networkLoadBalancer!, deregistrationDelaySeconds };
    features.push(tcpLoadBalancing({ ...shared, port: spec.tcp.port }));
  }
  if (connects(args)) features.push(serviceConnect({ namespace: serviceDiscovery, logGroup, region: settings.region }));
  else if (spec.containerPort) features.push(discovery(serviceDiscovery));
  if (spec.scaling) {
    const { messagesPerTask, ...limits } = spec.scaling;
    const queueName = queueOf(args)?.queueName;
    const queueBacklog = messagesPerTask && queueName ? { queueName, messagesPerTask } : undefined;
    features.push(scaling({ ...limits, queueBacklog }));
  }
  return features;
}

/** Whether others find the service through Service Connect. */
export function connects({ serviceConnect, spec }: Pick<ServiceArgs, "serviceConnect" | "spec">): boolean {
  return serviceConnect === true && takesProxy(spec);
}

/** The service's alarms, where the environment has alarms. */
export function alarmsOf(args: ServiceArgs): EcsServiceArgs["alarms"] {
  const { alarmTopic, cluster, spec } = args;
  if (!alarmTopic) return undefined;
  return { topicArn: alarmTopic.arn, containerInsights: cluster.containerInsights, queueName: queueOf(args)?.queueName, ...spec.alarms };
}

/** The queue that the service works off: the first that it reads. */
function queueOf({ spec, data }: ServiceArgs): Queue | undefined {
  const queues = spec.uses.filter(({ access }) => access !== "write").map(({ name }) => data.get(name));
  return queues.find((bindable) => bindable?.kind === "queue") as Queue | undefined;
}
