import * as servicediscovery from "@pulumi/aws/servicediscovery";
import type { ServiceDiscovery } from "@fairlead/networking";

import type { ServiceFeature } from "./feature";

/**
 * Gives the service a name in the environment's DNS namespace: one A record per healthy task. ECS tells Cloud Map of each task whether it is: by
 * its state, and by its containers' health checks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
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
        // Without it Cloud Map answers with every task, whatever its health. AWS takes no other number; the provider sends nothing for a block
        // that is empty (hashicorp/terraform-provider-aws issue 44285).
        healthCheckCustomConfig: { failureThreshold: 1 },
        forceDestroy: true,
      },
      // A registration can't get it later, and another one can't have the name while this one has it: one that is there stays as it was made.
      { parent, ignoreChanges: ["healthCheckCustomConfig"] },
    );
    const instancePort = targetType === "instance" ? { containerName, containerPort } : {};
    return { service: { serviceRegistries: { registryArn: registration.arn, ...instancePort } } };
  };
}
