import * as servicediscovery from "@pulumi/aws/servicediscovery";
import type { ServiceDiscovery } from "@fairlead/networking";

import type { ServiceFeature } from "./feature";

/** Gives the service a name in the environment's DNS namespace: one A record per healthy task. */
export function discovery(namespace: ServiceDiscovery): ServiceFeature {
  return ({ name, parent, containerName, containerPort, targetType }) => {
    const registration = new servicediscovery.Service(
      name,
      {
        name,
        description: `Tasks of ${name}`,
        dnsConfig: {
          namespaceId: namespace.namespaceId,
          // Short, so that callers leave a stopped task soon. Tasks without an address of their own are found by instance and port.
          dnsRecords: [{ type: targetType === "ip" ? "A" : "SRV", ttl: 10 }],
          routingPolicy: "MULTIVALUE",
        },
        forceDestroy: true,
      },
      { parent },
    );
    const instancePort = targetType === "instance" ? { containerName, containerPort } : {};
    return { service: { serviceRegistries: { registryArn: registration.arn, ...instancePort } } };
  };
}
