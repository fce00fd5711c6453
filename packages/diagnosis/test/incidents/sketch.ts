import type { CauseId, WaitId } from "../../src/causes";

/** What AWS says of a service, as short as an incident can be told; `sceneOf` makes a scene of it. */
export interface Sketch {
  title: string;
  /** Where it was met or is documented. */
  source: string;
  /** What really happened, most important first; a list within it names causes that this evidence can't tell apart. None: nothing is wrong. */
  causes: (CauseId | CauseId[])[];
  /** What goes on, where nothing is wrong. */
  waits?: WaitId[];
  /** What the first finding must name, so that the right cause with the wrong detail is a miss. */
  mentions?: string[];
  /** What must stand nowhere in what is said. */
  planted?: string[];
  /** What leads astray. */
  herring?: string;

  launch?: "FARGATE" | "FARGATE_SPOT" | "EC2";
  platform?: "X86_64" | "ARM64";
  platformVersion?: string;
  desired?: number;
  /** A worker is behind no load balancer. */
  worker?: true;
  graceSeconds?: number;
  /** Of the task, in CPU units and MiB. */
  cpu?: number;
  memory?: number;
  containers?: ContainerSketch[];
  targetGroup?: {
    path?: string;
    port?: string;
    codes?: string;
    intervalSeconds?: number;
    timeoutSeconds?: number;
    unhealthyThreshold?: number;
  };
  image?: ImageSketch;
  deployment?: DeploymentSketch;
  /** What became of the deployment of revision 41, where revision 40 was there before it. @default it came out */
  earlier?: { state: "steady" | "rolled back"; minutesAgo: number };
  running?: TaskSketch[];
  stopped?: TaskSketch[];
  /** Of the service: minutes ago, text. */
  events?: [number, string][];
  /** The last that each container of the newest revision logged; `app` is the service's own. */
  logs?: Record<string, string[]>;
  logGroup?: "missing";
  network?: NetworkSketch;
  secrets?: Record<string, SecretSketch>;
  parameters?: Record<string, "missing" | "there">;
  alarms?: AlarmSketch[];
  /** Of the last 15 minutes, percent. */
  memoryUsed?: number;
  cpuUsed?: number;
  instances?: InstanceSketch[];
  /** Of Fargate on demand. @default 4000 */
  vcpuQuota?: number;
  scaling?: { minimum: number; maximum: number; activities?: [number, string][] };
  job?: JobSketch;
  /** `service:Action` that AWS answers with AccessDenied. */
  denied?: string[];
  /** `service:Action` that AWS throttles, and how often before it answers. */
  throttled?: Record<string, number>;
  serviceConnect?: true;
  /** The execution role does not exist. */
  rolesGone?: true;
}

export interface ContainerSketch {
  name: string;
  image?: string;
  essential?: false;
  port?: number;
  /** MiB; its hard limit. */
  memory?: number;
  user?: string;
  readOnlyRoot?: true;
  entryPoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  /** `valueFrom` of each variable. */
  secrets?: Record<string, string>;
  healthCheck?: { command: string; interval?: number; timeout?: number; retries?: number; startPeriod?: number };
  stopTimeout?: number;
  /** Container and condition. */
  dependsOn?: [string, "START" | "COMPLETE" | "SUCCESS" | "HEALTHY"][];
  openFiles?: number;
  createsLogGroup?: true;
  /** Of its image. @default linux/amd64 */
  platforms?: string[];
}

export interface ImageSketch {
  missing?: "tag" | "repository";
  platforms?: string[];
  /** A single manifest, no index. */
  single?: true;
}

export interface DeploymentSketch {
  state: "steady" | "rolling" | "failed" | "rolled back" | "rolling back" | "stopped";
  /** Since it began. */
  minutesAgo: number;
  failedTasks?: number;
  strategy?: "ROLLING" | "BLUE_GREEN" | "CANARY" | "LINEAR";
  stage?: string;
  bakeMinutes?: number;
  reason?: string;
  hook?: { type: "AWS_LAMBDA" | "PAUSE"; status: string; expiresInMinutes?: number };
  breaker?: { state: string; failures: number; threshold: number };
  alarms?: { names: string[]; triggered?: string[] };
  minimumPercent?: number;
  maximumPercent?: number;
  /** Share of production's traffic that the new revision has, percent. */
  traffic?: number;
}

export interface TaskSketch {
  /** How many such tasks. @default 1 */
  times?: number;
  /** Of the task definition. @default the newest, 42 */
  revision?: number;
  /** Since it was started. */
  age: number;
  /** Since it stopped. */
  stoppedAgo?: number;
  stop?: [code: string, reason: string];
  exits?: Record<string, [code?: number, reason?: string]>;
  health?: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  status?: "PROVISIONING" | "PENDING" | "ACTIVATING" | "RUNNING" | "DEACTIVATING" | "DEPROVISIONING";
  target?: [state: string, reason?: string, description?: string];
  provider?: "FARGATE" | "FARGATE_SPOT";
  /** The letter of its zone. */
  subnet?: string;
  /** What it logged, where that is not what the sketch says for all. */
  log?: Record<string, string[]>;
}

export interface NetworkSketch {
  /** Subnets by letter: how they leave the VPC. @default a and b by NAT */
  subnets?: Record<string, { way: "nat" | "internet" | "none"; free?: number }>;
  publicIp?: true;
  /** Interface endpoints by service, `s3` is a gateway. */
  endpoints?: string[];
  /** Whether the endpoints' security group lets the tasks in. @default true */
  endpointsOpen?: false;
  /** Whether the tasks' group lets the load balancer in, on which port. @default the container's port */
  loadBalancerAllowed?: number | false;
  /** Which ports the tasks may reach. @default all */
  egress?: number[];
  /** Zones of the load balancer. @default a and b */
  loadBalancerZones?: string[];
}

export interface SecretSketch {
  missing?: true;
  deleted?: true;
  /** Its JSON's. */
  keys?: string[];
  text?: true;
  key?: string;
  keyDisabled?: true;
  rotatedMinutesAgo?: number;
}

export interface AlarmSketch {
  name: string;
  state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  reason: string;
  metric?: string;
  threshold?: number;
  values?: number[];
  minutesAgo?: number;
}

export interface InstanceSketch {
  id: string;
  cpu: number;
  memory: number;
  ports?: number[];
  connected?: false;
  status?: "ACTIVE" | "DRAINING";
  attributes?: Record<string, string>;
}

export interface JobSketch {
  schedule: string;
  state: "ENABLED" | "DISABLED";
  /** How often in the last day it was to start a task, and could not. */
  invocations?: number;
  failures?: number;
  /** Its time is over. */
  ended?: true;
  /** Its task definition was deregistered. */
  inactive?: true;
  /** What the schedule's role may not. */
  refused?: string;
}
