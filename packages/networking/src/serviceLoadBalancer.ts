import type * as pulumi from "@pulumi/pulumi";

import type { FormerTargetGroup } from "./formerTargetGroup";

/** What services need of an Application Load Balancer, whoever made it. */
export interface ServiceLoadBalancer {
  /** Name of the component, which those of its rules begin with. */
  readonly label: string;
  readonly securityGroupId: pulumi.Output<string>;
  /** The listener that services add their rules to. */
  readonly listenerArn: pulumi.Output<string>;
  /** What that listener speaks. */
  readonly protocol: "http" | "https";
  /** Where clients find it: the name that users type, else its name at AWS. */
  readonly url: pulumi.Output<string>;
  /** `app/<name>/<id>`: what CloudWatch calls it. */
  readonly arnSuffix: pulumi.Output<string>;
  /**
   * Counts a listener rule.
   * @throws pulumi.InputPropertiesError when the load balancer has no room for it
   */
  addRule(): void;
  /** What answers some of a service's requests in its place, while they move over. */
  formerTargetGroupOf(serviceName: string): FormerTargetGroup | undefined;
}
