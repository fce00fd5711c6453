import type { Task } from "@aws-sdk/client-ecs";
import { inTurn } from "@fairlead/images";

import type { RunningTasks } from "../../ecs/running/startTasks";
import { inTurnAt } from "../../commitsTurn";
import { expectEqual, report } from "../../expectations";
import { SandboxError, step } from "../../progress";
import { Client } from "./client";
import { checks } from "./failing/checks";
import { ends } from "./failing/ends";
import { starts } from "./failing/starts";
import { healthy, type FailingService } from "./failingService";
import type { Ground } from "./ground";

export const failingServices: readonly FailingService[] = [...starts, ...ends, ...checks];

const atATime = 6;

/** Services that serve get a revision that does not: what ECS does and says, and that nobody's request fails meanwhile. */
export async function checkFailingServices(
  ground: Ground,
  running: RunningTasks,
  { names, turn }: { names?: string[]; turn?: number },
): Promise<void> {
  // A misspelt one must not pass for one that was judged.
  const unknown = (names ?? []).filter((name) => !failingServices.some((service) => service.name === name));
  if (unknown.length > 0)
    throw new SandboxError(`--service ${unknown.join(" ")}: expected ${failingServices.map(({ name }) => name).join(", ")}.`);
  const named = names && failingServices.filter(({ name }) => names.includes(name));
  const wanted = named ?? (turn === undefined ? failingServices : inTurnAt(failingServices, turn));
  const images = new Map<string, string>();
  await step("Images of services that fail", async () => {
    images.set("healthy", await ground.push("healthy", healthy));
    for (const { name, image, architecture } of wanted) if (image) images.set(name, await ground.push(name, image, architecture));
  });
  const stage = { ground, running, images, secretArn: await ground.secret() };
  const queue = inTurn(atATime);
  await step(`${wanted.length} of ${failingServices.length} services that fail`, () =>
    Promise.all(wanted.map((service) => queue(() => checkFailingService(service, stage)))),
  );
}

interface Stage {
  ground: Ground;
  running: RunningTasks;
  /** By the service that they are of. */
  images: Map<string, string>;
  secretArn: string;
}

async function checkFailingService(service: FailingService, { ground, running, images, secretArn }: Stage): Promise<void> {
  const healthyImage = images.get("healthy")!;
  const { name, causes, container = {}, before, healthCheckGracePeriodSeconds = 30, expected } = service;
  const place = await ground.prepare(name);
  const app = { name: "app", essential: true, portMappings: [{ containerPort: 8080 }] };
  const good = await ground.register(name, [{ ...app, image: healthyImage }], place);
  await ground.createService(name, good, place, healthCheckGracePeriodSeconds);
  const first = await ground.ended(name, 300);
  expectEqual(`${name}: the healthy revision comes out`, first.status, "SUCCESSFUL");
  const calm = await ground.diagnosis(name);
  expectEqual(`${name}: the doctor finds nothing wrong`, calm.outcome === "nothing" || calm, true);
  const client = new Client(`${(await running.listen(place.targetGroupArn)).url}/`);
  const ownImage = images.get(name) ?? healthyImage;
  const secrets = container.secrets?.map((secret) => ({ ...secret, valueFrom: secret.valueFrom!.replace(/^secret:/, `${secretArn}:`) }));
  const failing = {
    ...app,
    ...container,
    image: container.image ? ground.missing(name) : ownImage,
    ...(secrets && { secrets }),
    ...(before && { dependsOn: [{ containerName: before.name, condition: "SUCCESS" as const }] }),
  };
  const others = before ? [{ image: ownImage, ...before }] : [];
  const bad = await ground.register(name, [failing, ...others], place);
  await ground.updateService(name, bad);
  const { status, statusReason } = await ground.ended(name, 600);
  if (status === "SUCCESSFUL") report((await ground.events(name)).join("\n"));
  const rolledBack = ["ROLLBACK_SUCCESSFUL", "Service deployment rolled back because the circuit breaker threshold was exceeded."];
  expectEqual(`${name}: is rolled back`, [status, statusReason], rolledBack);
  const stopped = (await ground.stopped(name)).filter(({ taskDefinitionArn }) => taskDefinitionArn === bad);
  const task = stopped[0];
  const log = task ? await ground.log(place, `${name}/app/${task.taskArn!.split("/").at(-1)}`) : "";
  expectEqual(
    `${name}: what is said of it`,
    task ? differences(task, log, await ground.events(name), expected) : "no task has stopped",
    [],
  );
  const diagnosis = await ground.diagnosis(name);
  const named = diagnosis.causes.map(({ cause }) => cause);
  const isNamed = named.length > 0 && causes.includes(named[0]!);
  expectEqual(`${name}: the doctor names ${causes.join(" or ")} first`, isNamed || diagnosis, true);
  const failures = await client.end();
  report(`${name}: ${client.asked} requests, ${failures.length} failed, while ${stopped.length} tasks stopped`);
  expectEqual(`${name}: no request fails meanwhile`, failures, []);
  await ground.deleteService(name);
}

/** What of a task is not as it is expected to be. */
function differences(task: Task, log: string, events: string[], expected: FailingService["expected"]): string[] {
  const container = task.containers!.find(({ name }) => name === "app")!;
  const isSaid = (pattern: RegExp | undefined, text: string) => !pattern || pattern.test(text) || `${pattern.source} is not said: ${text}`;
  const found = [
    task.stopCode === expected.stopCode || `stopCode is ${task.stopCode}`,
    isSaid(expected.stoppedReason, task.stoppedReason ?? ""),
    expected.exitCode === undefined || container.exitCode === expected.exitCode || `exit code is ${container.exitCode}`,
    isSaid(expected.reason, container.reason ?? ""),
    isSaid(expected.log, log),
    !expected.event ||
      events.some((event) => expected.event!.test(event)) ||
      `no event says ${expected.event.source}: ${events.join("; ")}`,
  ];
  return found.filter((difference) => difference !== true);
}
