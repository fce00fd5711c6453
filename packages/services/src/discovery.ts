import * as servicediscovery from "@pulumi/aws/servicediscovery";
import type { ServiceDiscovery } from "@fairlead/networking";

import type { ServiceFeature } from "./feature";

/** Gives the service a name in the environment's DNS namespace: one A record per healthy task. */
export function discovery(namespace: ServiceDiscovery): ServiceFeature {
  return ({ name, parent }) => {
    const registration = new servicediscovery.Service(
      name,
      {
        name,
        description: `Tasks of ${name}`,
        dnsConfig: {
          namespaceId: namespace.namespaceId,
          // Short, so that callers leave a stopped task soon.
          dnsRecords: [{ type: "A", ttl: 10 }],
          routingPolicy: "MULTIVALUE",
        },
        forceDestroy: true,
      },
      { parent },
    );
    return { service: { serviceRegistries: { registryArn: registration.arn } } };
  };
}
