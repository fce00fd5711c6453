import type { Task } from "@aws-sdk/client-ecs";

import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { Sketch, TaskSketch } from "../sketch";
import { quiet } from "../words";

const own = (name: string) => (name === "app" ? "orders" : name);
const seconds = (minutes: number) => Math.max(1, Math.round(minutes * 60));

/** Of the newest task definition, 42, everything that the sketch says was logged; of older ones what a healthy service logs. */
const linesOf = (sketch: Sketch, { revision = 42, log }: TaskSketch): Record<string, string[]> =>
  log ?? (revision === 42 ? (sketch.logs ?? { app: [] }) : { app: quiet });

/** Runs the tasks of a revision that run. */
export function runTasks(scene: ServiceScene, sketch: Sketch, revision: number): void {
  const wanted = (sketch.running ?? []).filter((task) => (task.revision ?? 42) === revision);
  for (const task of wanted) {
    const before = scene.state.tasks.length;
    for (const each of scene.run(task.times ?? 1, seconds(task.age))) {
      place(scene, each, task);
      if (task.health) {
        each.healthStatus = task.health;
        for (const container of each.containers!) if (hasCheck(sketch, container.name!)) container.healthStatus = task.health;
      }
      for (const [name, [exitCode, reason]] of Object.entries(task.exits ?? {})) {
        const ended = each.containers!.find((container) => container.name === own(name));
        Object.assign(ended!, { lastStatus: "STOPPED", exitCode, reason });
      }
      if (task.status) each.lastStatus = task.status;
      if (["PROVISIONING", "PENDING"].includes(each.lastStatus!)) {
        Object.assign(each, { startedAt: undefined, pullStoppedAt: undefined });
        for (const container of each.containers!) container.lastStatus = "PENDING";
      }
      if (task.provider) each.capacityProviderName = task.provider;
      if (task.status === "DEACTIVATING") each.desiredStatus = "STOPPED";
      register(scene, each, task);
      for (const [container, lines] of Object.entries(linesOf(sketch, task)))
        if (lines.length > 0) scene.log(each, lines, own(container), 20);
    }
    sayWhereInstancesAre(scene, before);
  }
}

const hasCheck = ({ containers = [] }: Sketch, name: string) => containers.some((each) => own(each.name) === name && each.healthCheck);

function register(scene: ServiceScene, each: Task, { target }: TaskSketch): void {
  if (!scene.targetGroup) return;
  const address = each.containers![0]!.networkInterfaces![0]!.privateIpv4Address;
  const of = scene.state.targetHealth;
  const group = scene.targetGroup.TargetGroupArn!;
  if (!target) of[group] = (of[group] ?? []).filter(({ Target }) => Target!.Id !== address);
  else scene.register(each, { State: target[0] as "healthy", Reason: target[1] as "Target.Timeout", Description: target[2] });
}

/** Adds the tasks of a revision that stopped. */
export function stopTasks(scene: ServiceScene, sketch: Sketch, revision: number): void {
  const wanted = (sketch.stopped ?? []).filter((task) => (task.revision ?? 42) === revision);
  for (const task of wanted) {
    const { stop, exits = {}, age, stoppedAgo = 1, health } = task;
    const neverRan = stop![0] === "TaskFailedToStart";
    const lines = neverRan ? {} : linesOf(sketch, task);
    const names = new Set([...Object.keys(exits), ...Object.keys(lines)].map(own));
    const before = scene.state.tasks.length;
    const containers = [...names].map((name) => {
      const [exitCode, reason] = exits[name === "orders" ? "app" : name] ?? [];
      const log = lines[name === "orders" ? "app" : name];
      return { name, exitCode, reason, ...(log?.length ? { log } : {}), ...(health && { healthStatus: health }) };
    });
    scene.stop(
      {
        ...{ stopCode: stop![0] as Task["stopCode"], stoppedReason: stop![1], stoppedSecondsAgo: seconds(stoppedAgo), containers },
        ...{ ranSeconds: neverRan ? null : seconds(age - stoppedAgo) },
        change: (each) => {
          place(scene, each, task);
          if (health) each.healthStatus = health;
          if (task.provider) each.capacityProviderName = task.provider;
          for (const name of names) {
            if (each.containers!.some((container) => container.name === name)) continue;
            const [exitCode, reason] = exits[name] ?? [];
            each.containers!.push({ ...each.containers![0]!, name, image: undefined, exitCode, reason, healthStatus: health ?? "UNKNOWN" });
          }
        },
      },
      task.times ?? 1,
    );
    sayWhereInstancesAre(scene, before);
  }
}

function place(scene: ServiceScene, task: Task, { subnet }: TaskSketch): void {
  if (!subnet) return;
  task.availabilityZone = `${scene.account.region}${subnet}`;
  const details = task.attachments![0]!.details!;
  details.find(({ name }) => name === "subnetId")!.value = `subnet-0${subnet}1`;
}

function sayWhereInstancesAre({ state }: ServiceScene, from: number): void {
  const { containerInstances, tasks } = state;
  if (containerInstances.length === 0) return;
  for (const [index, task] of tasks.slice(from).entries()) {
    task.containerInstanceArn = containerInstances[index % containerInstances.length]!.containerInstanceArn;
  }
}
