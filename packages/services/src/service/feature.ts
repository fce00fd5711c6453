import type * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";

import type { DeploymentArgs } from "./deployment";

/** The service that a feature is added to. */
export interface FeatureContext {
  name: string;
  /** Parent of whatever the feature creates. */
  parent: pulumi.Resource;
  clusterArn: pulumi.Output<string>;
  /** Container that serves, and its port; undefined for a service that serves nothing. */
  containerName?: string;
  containerPort?: number;
  securityGroupId: pulumi.Output<string>;
  /** How the service's revisions come out. */
  deployment: DeploymentArgs;
  /** `ip` where tasks have addresses of their own, `instance` where they share the instance's. */
  targetType: "ip" | "instance";
  networkMode: "awsvpc" | "bridge" | "host";
}

/** A target group of the service, as CloudWatch and scaling name it. */
export interface ServiceTargetGroup {
  /** `targetgroup/<name>/<id>` */
  arnSuffix: pulumi.Output<string>;
  /** `app/<name>/<id>` of the load balancer. */
  loadBalancerArnSuffix: pulumi.Output<string>;
}

/** The service once it exists. */
export interface DeployedService {
  name: string;
  clusterName: string;
  /** Depends on this what must come after the service. */
  resource: pulumi.Resource;
  parent: pulumi.Resource;
  targetGroups: ServiceTargetGroup[];
}

/** What a feature adds to the ECS service. */
export interface FeatureResult {
  service?: Pick<ecs.ServiceArgs, "loadBalancers" | "serviceRegistries" | "serviceConnectConfiguration" | "healthCheckGracePeriodSeconds">;
  /** Resources that must exist before the service. */
  dependsOn?: pulumi.Resource[];
  /** Target groups whose metrics alarms and scaling read. */
  targetGroups?: ServiceTargetGroup[];
  /** Properties of the service that something else changes in AWS. */
  ignoreChanges?: string[];
  /** Creates what needs the service. */
  afterService?: (service: DeployedService) => void;
}

/** One capability of a service, such as a load balancer's route or a discovery name. */
export type ServiceFeature = (context: FeatureContext) => FeatureResult;
