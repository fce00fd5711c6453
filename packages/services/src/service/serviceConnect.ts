import type { ServiceDiscovery } from "@fairlead/networking";
import type { ServiceLogGroup } from "@fairlead/observability";

import type { ServiceFeature } from "./feature";

/** Arguments of {@link serviceConnect}. */
export interface ServiceConnectArgs {
  namespace: ServiceDiscovery;
  logGroup: ServiceLogGroup;
  region: string;
}

/**
 * ECS Service Connect: a proxy beside each task that finds other services by their plain name (`http://api:3000`), retries, and measures. A
 * service with a port is found by it; one without only calls.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
export function serviceConnect({ namespace, logGroup, region }: ServiceConnectArgs): ServiceFeature {
  return ({ name, containerName, containerPort }) => ({
    service: {
      serviceConnectConfiguration: {
        enabled: true,
        namespace: namespace.namespaceArn,
        services:
          containerName && containerPort
            ? [{ portName: containerName, discoveryName: name, clientAlias: [{ dnsName: name, port: containerPort }] }]
            : undefined,
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": logGroup.name, "awslogs-region": region, "awslogs-stream-prefix": "service-connect" },
        },
      },
    },
  });
}
