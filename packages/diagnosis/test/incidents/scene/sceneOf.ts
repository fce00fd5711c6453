import { ec2Web, fargateWeb, scheduledJob, worker } from "../../../testing/scenes/healthy";
import type { Incident } from "../../../testing/incident";
import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { Sketch } from "../sketch";
import { account, region } from "../words";
import { addAlarms, addMetrics, addScaling } from "./observed";
import { beginOf, deployAs, deployEarlier, finishAs, settle } from "./rollout";
import { changeNetwork } from "./surroundings";
import { addSecrets } from "./startsWith";
import { addImages, describeTask } from "./taskDefinition";
import { runTasks, stopTasks } from "./tasks";

/** The incident that a sketch tells. */
export function incidentOf(sketch: Sketch): Incident {
  const { title, source, causes, mentions, waits } = sketch;
  const flat = causes.map((cause) => (typeof cause === "string" ? [cause] : cause));
  const expect =
    flat.length === 0
      ? { nothing: true as const, ...(waits && { waits }) }
      : flat.length === 1
        ? { first: flat[0]! }
        : { withinTwo: flat.map(([cause]) => cause!) };
  return { title, source, expect, ...(mentions && { mentions }), scene: () => sceneOf(sketch) };
}

/** The scene that a sketch describes. */
export function sceneOf(sketch: Sketch): ServiceScene {
  const scene = healthyScene(sketch);
  changeNetwork(scene, sketch);
  if (sketch.job) changeJob(scene, sketch);
  if (scene.service) {
    scene.service.desiredCount = sketch.desired ?? 2;
    scene.service.healthCheckGracePeriodSeconds = scene.targetGroup ? (sketch.graceSeconds ?? 60) : undefined;
    if (sketch.platformVersion) scene.service.platformVersion = sketch.platformVersion;
  }
  if (scene.targetGroup) changeTargetGroup(scene, sketch);
  const begin = beginOf(sketch);
  if (scene.service) settle(scene, 20 * 24 * 60);
  if (sketch.deployment?.state === "steady" || sketch.job) {
    describeTask(scene, sketch);
    addImages(scene, sketch);
    runTasks(scene, sketch, 42);
    stopTasks(scene, sketch, 42);
  } else {
    for (const revision of [40, 41]) {
      if (![...(sketch.running ?? []), ...(sketch.stopped ?? [])].some((task) => task.revision === revision)) continue;
      runTasks(scene, sketch, revision);
      stopTasks(scene, sketch, revision);
      if (revision === 40) deployEarlier(scene, sketch.earlier ?? { state: "steady", minutesAgo: begin + 120 });
      if (revision === 41 && sketch.earlier?.state === "rolled back") scene.rollBack(undefined, sketch.earlier.minutesAgo * 60);
    }
    deployAs(scene, sketch, begin * 60);
    runTasks(scene, sketch, 42);
    stopTasks(scene, sketch, 42);
  }
  finishAs(scene, sketch);
  addSecrets(scene, sketch);
  addAlarms(scene, sketch);
  addMetrics(scene, sketch);
  addScaling(scene, sketch);
  if (sketch.logGroup) scene.state.logGroups = [];
  if (sketch.rolesGone) scene.state.roles = scene.state.roles.filter((name) => name !== "orders-execution");
  scene.account.deny(sketch.denied ?? []);
  for (const [action, times] of Object.entries(sketch.throttled ?? {})) {
    scene.account.throttle(action, ...Array.from({ length: times }, (_, index) => index + 1));
  }
  return scene;
}

/** With no task yet. */
function healthyScene(sketch: Sketch): ServiceScene {
  const options = { name: "orders", accountId: account, region, desiredCount: 0 };
  const scene = sketch.job
    ? scheduledJob(options)
    : sketch.launch === "EC2"
      ? ec2Web(options)
      : sketch.worker
        ? worker(options)
        : fargateWeb(options);
  if (sketch.launch === "FARGATE_SPOT") {
    scene.capacityProviderName = "FARGATE_SPOT";
    scene.service.capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }];
    for (const revision of scene.state.serviceRevisions) revision.capacityProviderStrategy = scene.service.capacityProviderStrategy;
  }
  scene.state.tasks = [];
  for (const group of scene.state.logGroups) group.streams = {};
  for (const quota of scene.state.quotas.filter(({ ServiceCode }) => ServiceCode === "fargate")) quota.Value = sketch.vcpuQuota ?? 4000;
  if (sketch.instances) replaceInstances(scene, sketch.instances);
  return scene;
}

function replaceInstances(scene: ServiceScene, instances: NonNullable<Sketch["instances"]>): void {
  const [pattern] = scene.state.containerInstances;
  scene.state.containerInstances = instances.map(
    ({ id, cpu, memory, ports = [], connected, status = "ACTIVE", attributes = {} }, index) => ({
      ...structuredClone(pattern!),
      ...{ containerInstanceArn: scene.account.arn("ecs", `container-instance/dev/${id}`), ec2InstanceId: `i-0${index + 1}` },
      ...{ status, agentConnected: connected ?? true },
      remainingResources: [
        { name: "CPU", type: "INTEGER", integerValue: cpu },
        { name: "MEMORY", type: "INTEGER", integerValue: memory },
        { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2375", "2376", "51678", "51679", ...ports.map(String)] },
      ],
      attributes: [
        ...pattern!.attributes!.filter(({ name }) => !(name! in attributes)),
        ...Object.entries(attributes).map(([name, value]) => ({ name, value })),
      ],
    }),
  );
}

function changeTargetGroup({ targetGroup }: ServiceScene, { targetGroup: change = {} }: Sketch): void {
  Object.assign(targetGroup!, {
    HealthCheckPath: change.path ?? "/health",
    HealthCheckPort: change.port ?? "traffic-port",
    Matcher: { HttpCode: change.codes ?? "200-299" },
    HealthCheckIntervalSeconds: change.intervalSeconds ?? 15,
    HealthCheckTimeoutSeconds: change.timeoutSeconds ?? 5,
    UnhealthyThresholdCount: change.unhealthyThreshold ?? 2,
  });
}

function changeJob(scene: ServiceScene, { job }: Sketch): void {
  const [schedule] = scene.state.schedules;
  const { schedule: expression, state, failures = 0, invocations = 0, refused, ended, inactive } = job!;
  Object.assign(schedule!, { ScheduleExpression: expression, State: state });
  if (ended) schedule!.EndDate = scene.account.clock.ago(7 * 86_400);
  if (inactive) scene.taskDefinition.status = "INACTIVE";
  if (refused) scene.state.decisions.push({ roleArn: schedule!.Target!.RoleArn!, action: refused, decision: "implicitDeny" });
  const points = (Value: number) => (Value === 0 ? [] : [{ Timestamp: scene.account.clock.ago(1800), Value }]);
  for (const [MetricName, Value] of [
    ["InvocationAttemptCount", invocations],
    ["TargetErrorCount", failures],
  ] as const) {
    scene.state.metrics.push({ Namespace: "AWS/Scheduler", MetricName, Dimensions: { ScheduleGroup: "default" }, points: points(Value) });
  }
}
