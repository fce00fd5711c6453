import type { ScalableTarget, ScalingActivity } from "@aws-sdk/client-application-auto-scaling";
import type { Event } from "@aws-sdk/client-cloudtrail";
import type { AlarmHistoryItem, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { Subnet, RouteTable, SecurityGroup, VpcEndpoint, NatGateway, Vpc, NetworkInterface } from "@aws-sdk/client-ec2";
import type {
  Cluster,
  ContainerInstance,
  Service,
  ServiceDeployment,
  ServiceRevision,
  Tag,
  Task,
  TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Listener, LoadBalancer, Rule, TargetGroup, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { GetScheduleOutput } from "@aws-sdk/client-scheduler";
import type { DescribeSecretResponse } from "@aws-sdk/client-secrets-manager";
import type { ServiceQuota } from "@aws-sdk/client-service-quotas";
import type { Parameter } from "@aws-sdk/client-ssm";

/** An image in ECR. */
export interface ScriptedImage {
  /** `sha256:…` */
  imageDigest: string;
  imageTags?: string[];
  /** The index, or the manifest of one platform, as bytes of JSON. */
  manifest: string;
  mediaType: string;
}

/** A repository of ECR. */
export interface ScriptedRepository {
  repositoryName: string;
  images: ScriptedImage[];
  /** JSON of who may pull. */
  policyText?: string;
}

/** A secret of Secrets Manager. `values` stands for what nobody may ever see of it. */
export type ScriptedSecret = DescribeSecretResponse & { ARN: string; Name: string; values?: Record<string, string> };

/** A decision of IAM's for a role. What no decision is about is allowed. */
export interface ScriptedDecision {
  roleArn: string;
  /** `ecr:GetAuthorizationToken` */
  action: string;
  /** ARN. Any by default. */
  resource?: string;
  decision: "implicitDeny" | "explicitDeny";
}

/** A group of logs; the lines of each stream, the oldest first. */
export interface ScriptedLogGroup {
  logGroupName: string;
  streams: Record<string, { timestamp: number; message: string }[]>;
}

/** A metric's values, the oldest first. */
export interface ScriptedMetric {
  Namespace: string;
  MetricName: string;
  Dimensions: Record<string, string>;
  points: { Timestamp: Date; Value: number }[];
}

/** All that an account has, in the shapes of AWS's answers. What AWS answers by id is a list here; builders and incidents change it freely. */
export interface AccountState {
  clusters: Cluster[];
  services: Service[];
  serviceDeployments: ServiceDeployment[];
  serviceRevisions: ServiceRevision[];
  /** Running and stopped ones. */
  tasks: Task[];
  taskDefinitions: (TaskDefinition & { tags?: Tag[] })[];
  containerInstances: (ContainerInstance & { clusterArn?: string })[];
  targetGroups: TargetGroup[];
  /** By ARN of the target group. */
  targetHealth: Record<string, TargetHealthDescription[]>;
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  /** By ARN of the listener. */
  rules: Record<string, Rule[]>;
  vpcs: (Vpc & { enableDnsSupport?: boolean; enableDnsHostnames?: boolean })[];
  subnets: Subnet[];
  routeTables: RouteTable[];
  securityGroups: SecurityGroup[];
  vpcEndpoints: VpcEndpoint[];
  natGateways: NatGateway[];
  networkInterfaces: NetworkInterface[];
  repositories: ScriptedRepository[];
  secrets: ScriptedSecret[];
  parameters: Parameter[];
  keys: KeyMetadata[];
  /** Names of the roles that exist. */
  roles: string[];
  decisions: ScriptedDecision[];
  logGroups: ScriptedLogGroup[];
  alarms: MetricAlarm[];
  alarmHistory: AlarmHistoryItem[];
  metrics: ScriptedMetric[];
  scalableTargets: ScalableTarget[];
  /** The newest first, as AWS has them. */
  scalingActivities: ScalingActivity[];
  quotas: ServiceQuota[];
  schedules: GetScheduleOutput[];
  /** What CloudTrail recorded. */
  trail: Event[];
  /** Calls that changed something, in their order. */
  changes: { action: string; input: object }[];
}

/** An account that has nothing. */
export const emptyState = (): AccountState => ({
  clusters: [],
  services: [],
  serviceDeployments: [],
  serviceRevisions: [],
  tasks: [],
  taskDefinitions: [],
  containerInstances: [],
  targetGroups: [],
  targetHealth: {},
  loadBalancers: [],
  listeners: [],
  rules: {},
  vpcs: [],
  subnets: [],
  routeTables: [],
  securityGroups: [],
  vpcEndpoints: [],
  natGateways: [],
  networkInterfaces: [],
  repositories: [],
  secrets: [],
  parameters: [],
  keys: [],
  roles: [],
  decisions: [],
  logGroups: [],
  alarms: [],
  alarmHistory: [],
  metrics: [],
  scalableTargets: [],
  scalingActivities: [],
  quotas: [],
  schedules: [],
  trail: [],
  changes: [],
});
