import type { ScalingActivity } from "@aws-sdk/client-application-auto-scaling";
import type { AlarmHistoryItem, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { RouteTable, SecurityGroup, Subnet, VpcEndpoint } from "@aws-sdk/client-ec2";
import type { Cluster, ContainerInstance, Service, ServiceDeployment, ServiceRevision, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import type { LoadBalancer, TargetGroup, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { GetScheduleOutput } from "@aws-sdk/client-scheduler";
import type { ServiceQuota } from "@aws-sdk/client-service-quotas";

import type { Seen, Unseen } from "./lookout";

/** Whom the diagnosis is of: an ECS service, or a job by the family of its task definition. */
export interface Subject {
  /** Name or ARN of the cluster. */
  clusterArn: string;
  /** Name of the ECS service. None of a job. */
  serviceName?: string;
  /** Family of a job's task definition. */
  family?: string;
  /** Name of a job's schedule in EventBridge Scheduler. */
  scheduleName?: string;
}

/** What an image in ECR is. */
export interface ImageSeen {
  reference: string;
  /** Such as `linux/amd64`. Undefined where the manifest doesn't say: it is of one platform. */
  platforms: string[] | undefined;
}

/** A secret, as far as anybody may know of it: never its value. */
export interface SecretSeen {
  isToBeDeleted: boolean;
  /** Undefined for AWS's own key. */
  kmsKeyId: string | undefined;
  lastChanged: Date | undefined;
}

/** The last lines of one container of a task. */
export interface LogTail {
  taskArn: string;
  container: string;
  group: string;
  stream: string;
  /** Oldest first. */
  lines: { at: Date; text: string }[];
}

/** A metric's values, the oldest first. */
export interface Series {
  name: string;
  unit: string;
  points: { at: Date; value: number }[];
}

/** What the execution role may not do of what a start needs. */
export interface Denial {
  action: string;
  resource: string;
  isExplicit: boolean;
}

/** All that was gathered of a service. What is undefined had no reason to be asked for. */
export interface Gathered {
  subject: Subject;
  now: Date;
  cluster?: Seen<Cluster>;
  service?: Seen<Service>;
  /** The newest first. */
  deployments: ServiceDeployment[];
  /** By ARN. */
  revisions: Map<string, ServiceRevision>;
  runningTasks: Task[];
  /** The last to stop first. */
  stoppedTasks: Task[];
  /** By ARN: that which was to come out first. */
  taskDefinitions: Map<string, TaskDefinition>;
  containerInstances?: Seen<ContainerInstance[]>;
  /** Those of the revision that was to come out first. */
  targetGroups: TargetGroup[];
  /** By ARN of the target group. */
  targetHealth: Map<string, Seen<TargetHealthDescription[]>>;
  loadBalancers: LoadBalancer[];
  subnets: Subnet[];
  /** Of the VPC that the tasks are in. */
  routeTables: Seen<RouteTable[]> | undefined;
  endpoints: Seen<VpcEndpoint[]> | undefined;
  /** By id: those of the tasks, of the load balancer and of the endpoints. */
  securityGroups: Map<string, SecurityGroup>;
  /** By reference. */
  images: Map<string, Seen<ImageSeen>>;
  /** By `valueFrom`. */
  secrets: Map<string, Seen<SecretSeen>>;
  /** By id or ARN. */
  keys: Map<string, Seen<KeyMetadata>>;
  executionDenials: Seen<Denial[]> | undefined;
  logs: LogTail[];
  alarms: MetricAlarm[];
  alarmHistory: AlarmHistoryItem[];
  metrics: Series[];
  scalingActivities: ScalingActivity[];
  quotas: ServiceQuota[];
  schedule?: Seen<GetScheduleOutput>;
  /** What the schedule's role may not do. */
  scheduleDenials?: Seen<Denial[]>;
  unseen: Unseen[];
  calls: number;
}

/** Nothing yet. */
export const gatheredNothing = (subject: Subject, now: Date): Gathered => ({
  subject,
  now,
  deployments: [],
  revisions: new Map(),
  runningTasks: [],
  stoppedTasks: [],
  taskDefinitions: new Map(),
  targetGroups: [],
  targetHealth: new Map(),
  loadBalancers: [],
  subnets: [],
  routeTables: undefined,
  endpoints: undefined,
  securityGroups: new Map(),
  images: new Map(),
  secrets: new Map(),
  keys: new Map(),
  executionDenials: undefined,
  logs: [],
  alarms: [],
  alarmHistory: [],
  metrics: [],
  scalingActivities: [],
  quotas: [],
  unseen: [],
  calls: 0,
});
