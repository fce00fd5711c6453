import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";

import { Sight } from "../asking/sight";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { AskedServices } from "../status/askedServices";
import { AskedSurroundings } from "../status/askedSurroundings";
import { isFullySuspended, isSuspended } from "../status/suspension";
import { eachByItself } from "./eachByItself";
import { nothing, type Intention } from "./intention";

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/** A service that is there, as it runs. */
interface Running {
  service: ServiceInAws;
  tasks: number;
  /** Undefined where nothing scales it in AWS. */
  target: ScalableTarget | undefined;
}

/**
 * Puts services to sleep: no tasks, and scaling that changes nothing. What they store stays, and so do load balancers, databases, schedules of jobs.
 * `up` leaves it so: Pulumi's provider sends a desired count only where the program's is another than before, and none at all of services that scale.
 * `up --refresh` sees that AWS has another count than the program, and wakes those that don't scale. Asked again, it does what is left of it.
 */
export async function stop(stack: Stack, services: readonly ServiceInAws[]): Promise<Intention> {
  const running = await seen(stack, services);
  const scales = ({ target }: Running) => target !== undefined && !isFullySuspended(target);
  const awake = running.filter((each) => each.tasks > 0 || scales(each));
  const done = running.filter((each) => !awake.includes(each));
  if (awake.length === 0) return nothing("No service has tasks.");
  return {
    says: [
      ...awake.map((each) => {
        const parts = [...(each.tasks > 0 ? [`${each.tasks} → 0 tasks`] : []), ...(scales(each) ? ["its scaling is suspended"] : [])];
        return `${each.service.name}: ${parts.join(", ")}.`;
      }),
      ...(done.length > 0 ? [`No tasks already: ${done.map(({ service }) => service.name).join(", ")}.`] : []),
    ],
    carryOut: async () => {
      await eachByItself(stack.inAws.stack, "stop", awake, async (each) => {
        // Scaling would start what was just stopped.
        if (scales(each)) await suspend(stack, each, true);
        if (each.tasks > 0) await setCount(stack, each, 0);
      });
      return [`ECS stops the tasks of ${awake.map(({ service }) => service.name).join(", ")}.`];
    },
  };
}

/** Wakes services: as many tasks as the plan has, and scaling as before. Also those of which a `stop` that was cut off suspended the scaling alone. */
export async function start(stack: Stack, services: readonly ServiceInAws[]): Promise<Intention> {
  const running = await seen(stack, services);
  const hasNone = ({ service, tasks }: Running) => tasks === 0 && plannedCount(service) > 0;
  const isHeld = ({ target }: Running) => target !== undefined && isSuspended(target);
  const asleep = running.filter((each) => hasNone(each) || isHeld(each));
  if (asleep.length === 0) return nothing("No service is asleep.");
  return {
    says: asleep.map((each) => {
      const { service, target } = each;
      const count = plannedCount(service);
      const parts = [
        ...(hasNone(each) ? [`0 → ${count} ${count === 1 ? "task" : "tasks"}`] : []),
        ...(isHeld(each) ? [`its scaling goes on (${target!.MinCapacity} to ${target!.MaxCapacity})`] : []),
      ];
      return `${service.name}: ${parts.join(", ")}.`;
    }),
    carryOut: async () => {
      await eachByItself(stack.inAws.stack, "start", asleep, async (each) => {
        if (hasNone(each)) await setCount(stack, each, plannedCount(each.service));
        if (isHeld(each)) await suspend(stack, each, false);
      });
      return [`ECS starts the tasks of ${asleep.map(({ service }) => service.name).join(", ")}.`];
    },
  };
}

/** Tasks that a service begins with. */
function plannedCount({ desiredCount = 0, scaling }: ServiceInAws): number {
  return scaling ? Math.min(Math.max(desiredCount, scaling.minCapacity), scaling.maxCapacity) : desiredCount;
}

/** Those that are there. @throws UserError where that can't be seen */
async function seen({ inAws, clients }: Stack, services: readonly ServiceInAws[]): Promise<Running[]> {
  const sight = new Sight(inAws.stack);
  const [found, targets] = await Promise.all([
    new AskedServices(inAws.cluster ?? "", clients, sight).services(services.map(({ serviceName }) => serviceName)),
    new AskedSurroundings(clients, sight).scalableTargets(services.flatMap(({ scaling }) => scaling?.resourceId ?? [])),
  ]);
  sight.insist();
  return services.flatMap((service) => {
    const described = found!.get(service.serviceName);
    if (!described) return [];
    return [{ service, tasks: described.desiredCount ?? 0, target: targets!.get(service.scaling?.resourceId ?? "") }];
  });
}

async function setCount({ clients }: Stack, { service }: Running, desiredCount: number): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const { cluster, serviceName } = service;
  await (await clients.ecs()).send(new UpdateServiceCommand({ cluster, service: serviceName, desiredCount }));
}

async function suspend({ clients }: Stack, { target }: Running, suspended: boolean): Promise<void> {
  const { RegisterScalableTargetCommand } = await import("@aws-sdk/client-application-auto-scaling");
  const client = await clients.scaling();
  await client.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      ResourceId: target!.ResourceId,
      SuspendedState: {
        DynamicScalingInSuspended: suspended,
        DynamicScalingOutSuspended: suspended,
        ScheduledScalingSuspended: suspended,
      },
    }),
  );
}
