import type * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";

/** The service that a feature is added to. */
export interface FeatureContext {
  name: string;
  /** Parent of whatever the feature creates. */
  parent: pulumi.Resource;
  /** Container that serves, and its port. */
  containerName: string;
  containerPort: number;
  securityGroupId: pulumi.Output<string>;
}

/** What a feature adds to the ECS service. */
export interface FeatureResult {
  service?: Pick<ecs.ServiceArgs, "loadBalancers" | "serviceRegistries" | "healthCheckGracePeriodSeconds">;
  /** Resources that must exist before the service. */
  dependsOn?: pulumi.Resource[];
}

/** One capability of a service, such as a load balancer's route or a discovery name. */
export type ServiceFeature = (context: FeatureContext) => FeatureResult;
