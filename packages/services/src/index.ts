export { Cluster, type Capacity, type ClusterArgs } from "./cluster";
export { discovery } from "./discovery";
export { allowCalls, FargateService, type FargateServiceArgs } from "./fargateService";
export type { FeatureContext, FeatureResult, ServiceFeature } from "./feature";
export { loadBalancing, type HealthCheckArgs, type LoadBalancingArgs, type Route } from "./loadBalancing";
export { routePriorities } from "./routePriorities";
export { TaskDefinition, type ContainerArgs, type TaskDefinitionArgs } from "./taskDefinition";
