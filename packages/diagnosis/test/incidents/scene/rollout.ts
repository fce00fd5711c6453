import type { ServiceDeployment } from "@aws-sdk/client-ecs";

import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { DeploymentSketch, Sketch } from "../sketch";
import { account, region } from "../words";
import { addImages, describeTask } from "./taskDefinition";

const seconds = (minutes: number) => Math.round(minutes * 60);

/** Minutes since the newest deployment began: before the oldest of its tasks. */
export function beginOf({ deployment, running = [], stopped = [] }: Sketch): number {
  const ages = [...running, ...stopped].filter(({ revision = 42 }) => revision === 42).map(({ age, times = 1 }) => age + times);
  const least = deployment?.state === "rolling" ? 0 : (deployment?.minutesAgo ?? 0) + 8;
  return Math.max(deployment?.minutesAgo ?? 0, least, ...ages.map((age) => age + 1));
}

/** Whether there was a revision before. */
const hadRevision = ({ running = [], stopped = [], deployment }: Sketch) =>
  [...running, ...stopped].some(({ revision = 42 }) => revision !== 42) || deployment?.state === "rolled back";

/** Deploys revision 41 over 40, which came out or is given up later. */
export function deployEarlier(scene: ServiceScene, { state, minutesAgo }: NonNullable<Sketch["earlier"]>): void {
  scene.registerTaskDefinition();
  scene.deploy(seconds(minutesAgo + 9));
  if (state === "steady") scene.succeed(seconds(minutesAgo + 4));
}

/** Registers what the sketch describes and begins to deploy it. */
export function deployAs(scene: ServiceScene, sketch: Sketch, secondsAgo: number): void {
  if (!hadRevision(sketch)) {
    scene.state.serviceDeployments = [];
    scene.service.deployments = [];
    scene.state.serviceRevisions = [];
    scene.state.taskDefinitions = [];
  }
  scene.registerTaskDefinition();
  describeTask(scene, sketch);
  addImages(scene, sketch);
  const { deployment = { state: "rolling", minutesAgo: 1 } } = sketch;
  scene.deploy(secondsAgo, (each) => describe(scene, each, deployment));
  if (sketch.earlier?.state === "rolled back")
    scene.deployment.sourceServiceRevisions![0]!.arn = scene.state.serviceRevisions[0]!.serviceRevisionArn;
  countFailures(scene, deployment);
  if (deployment.breaker) {
    const { state, failures, threshold } = deployment.breaker;
    scene.deployment.deploymentCircuitBreaker = { status: state as "TRIGGERED", failureCount: failures, threshold };
  }
}

/** A deployment whose failures the circuit breaker would have ended goes on only where there is none. */
function countFailures(scene: ServiceScene, { state, failedTasks = 0 }: DeploymentSketch): void {
  scene.countFailures(failedTasks);
  const threshold = Math.max(3, Math.ceil(scene.service.desiredCount! / 2));
  const breaker = scene.deployment.deploymentCircuitBreaker!;
  breaker.threshold = threshold;
  if (state !== "rolling" || failedTasks < threshold) return;
  Object.assign(breaker, { status: "DISABLED" });
  for (const configuration of [scene.service.deploymentConfiguration!, scene.deployment.deploymentConfiguration!]) {
    configuration.deploymentCircuitBreaker = { enable: false, rollback: false };
  }
}

function describe(scene: ServiceScene, each: ServiceDeployment, sketch: DeploymentSketch): void {
  const { strategy = "ROLLING", stage, bakeMinutes = 0, hook, alarms, minimumPercent = 100, maximumPercent = 200 } = sketch;
  Object.assign(scene.service.deploymentConfiguration!, {
    ...{ strategy, bakeTimeInMinutes: bakeMinutes, minimumHealthyPercent: minimumPercent, maximumPercent },
    ...(alarms && { alarms: { alarmNames: alarms.names, enable: true, rollback: true } }),
    ...(strategy === "CANARY" && { canaryConfiguration: { canaryPercent: 15, canaryBakeTimeInMinutes: 10 } }),
  });
  each.deploymentConfiguration = structuredClone(scene.service.deploymentConfiguration);
  if (stage) each.lifecycleStage = stage as ServiceDeployment["lifecycleStage"];
  if (strategy !== "ROLLING") {
    const share = sketch.traffic ?? 0;
    each.targetServiceRevision!.requestedProductionTrafficWeight = share;
    for (const source of each.sourceServiceRevisions!) source.requestedProductionTrafficWeight = 100 - share;
    alternate(scene);
  }
  if (alarms) {
    const { names, triggered } = alarms;
    each.alarms = { status: triggered ? "TRIGGERED" : "MONITORING", alarmNames: names, triggeredAlarmNames: triggered ?? [] };
  }
  if (!hook) return;
  const targetArn = hook.type === "AWS_LAMBDA" ? `arn:aws:lambda:${region}:${account}:function:orders-gate` : undefined;
  each.lifecycleHookDetails = [
    {
      ...{ hookId: "hook-1", targetType: hook.type, targetArn, status: hook.status as "IN_PROGRESS", timeoutAction: "ROLLBACK" },
      ...(hook.expiresInMinutes !== undefined && { expiresAt: scene.account.clock.in(seconds(hook.expiresInMinutes)) }),
    },
  ];
}

/** The second target group that every strategy but ROLLING has. */
function alternate(scene: ServiceScene): void {
  const { targetGroup, state, service } = scene;
  if (!targetGroup) return;
  const TargetGroupArn = targetGroup.TargetGroupArn!.replace("targetgroup/orders/", "targetgroup/orders-green/");
  state.targetGroups.push({ ...targetGroup, TargetGroupArn, TargetGroupName: "orders-green" });
  const [rules] = Object.values(state.rules);
  service.loadBalancers![0]!.advancedConfiguration = {
    ...{ alternateTargetGroupArn: TargetGroupArn, productionListenerRule: rules![0]!.RuleArn },
    roleArn: `arn:aws:iam::${account}:role/orders-infrastructure`,
  };
}

/** What became of the deployment, and what ECS says of the service. */
export function finishAs(scene: ServiceScene, sketch: Sketch): void {
  if (!scene.service) return;
  const { deployment, events = [] } = sketch;
  const ended = seconds(events.find(([, text]) => /deployment failed|rolling back/.test(text))?.[0] ?? deployment?.minutesAgo ?? 1);
  if (deployment?.state === "steady") settle(scene, deployment.minutesAgo);
  if (deployment?.state === "rolled back") {
    scene.rollBack(deployment.reason ?? "", ended);
    if (!deployment.reason) {
      scene.deployment.statusReason = undefined;
      scene.deployment.rollback!.reason = undefined;
    }
  }
  if (deployment?.state === "failed") {
    const at = scene.account.clock.ago(ended);
    Object.assign(scene.deployment, { status: "STOPPED", statusReason: deployment.reason, stoppedAt: at, finishedAt: at, updatedAt: at });
    const [rollout] = scene.service.deployments!;
    Object.assign(rollout!, { rolloutState: "FAILED", rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start." });
  }
  count(scene);
  scene.service.events = [];
  for (const [minutes, text] of events) scene.event(text.replace(/^\(service orders\) /, ""), seconds(minutes));
  if (deployment?.state !== "steady" && scene.state.serviceDeployments.length > 1) scene.event("has reached a steady state.", 19 * 86_400);
  if (sketch.serviceConnect) {
    const [rollout] = scene.service.deployments!;
    rollout!.serviceConnectConfiguration = { enabled: true, namespace: "dev", services: [{ portName: "orders", discoveryName: "orders" }] };
  }
}

/** Makes the deployment that a scene begins with as old as that. */
export function settle(scene: ServiceScene, minutesAgo: number): void {
  const { account: scripted, deployment, service } = scene;
  const [began, ended] = [scripted.clock.ago(seconds(minutesAgo)), scripted.clock.ago(seconds(minutesAgo) - 300)];
  Object.assign(deployment, { createdAt: began, startedAt: began, finishedAt: ended, updatedAt: ended });
  Object.assign(service.deployments![0]!, { createdAt: began, updatedAt: ended, desiredCount: service.desiredCount });
  scene.state.serviceRevisions.at(-1)!.createdAt = began;
  Object.assign(deployment.targetServiceRevision!, { requestedTaskCount: service.desiredCount });
}

function count(scene: ServiceScene): void {
  const { service, state } = scene;
  const alive = state.tasks.filter(({ stoppedAt }) => !stoppedAt);
  const running = (all: typeof alive) => all.filter(({ lastStatus }) => lastStatus === "RUNNING").length;
  service.runningCount = running(alive);
  service.pendingCount = alive.filter(({ lastStatus }) => ["PROVISIONING", "PENDING", "ACTIVATING"].includes(lastStatus!)).length;
  for (const rollout of service.deployments ?? []) {
    const own = alive.filter(({ startedBy }) => startedBy === rollout.id);
    Object.assign(rollout, { runningCount: running(own), pendingCount: own.length - running(own), desiredCount: service.desiredCount });
  }
  const of = (taskDefinition: string | undefined) => alive.filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition);
  for (const summary of [scene.deployment.targetServiceRevision!, ...(scene.deployment.sourceServiceRevisions ?? [])]) {
    const revision = state.serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === summary.arn);
    const own = of(revision?.taskDefinition);
    Object.assign(summary, {
      runningTaskCount: running(own),
      pendingTaskCount: own.length - running(own),
      requestedTaskCount: service.desiredCount,
    });
  }
}
