import { eachOf } from "../asking/inBatches";
import { Sight } from "../asking/sight";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { AskedServices } from "../status/askedServices";
import { nothing, type Intention } from "./intention";

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/**
 * Puts services to sleep: no tasks, and scaling that changes nothing. What they store stays, and so do load balancers, databases, schedules of jobs.
 * `up` leaves it so: Pulumi's provider sends a desired count only where the program's is another than before, and none at all of services that scale.
 * `up --refresh` sees that AWS has another count than the program, and wakes those that don't scale.
 */
export async function stop(stack: Stack, services: readonly ServiceInAws[]): Promise<Intention> {
  const running = await counts(stack, services);
  const awake = services.filter(({ serviceName }) => (running.get(serviceName) ?? 0) > 0);
  const done = services.filter(({ serviceName }) => running.has(serviceName) && !awake.some((each) => each.serviceName === serviceName));
  if (awake.length === 0) return nothing("No service has tasks.");
  return {
    says: [
      ...awake.map(({ name, serviceName, scaling }) => {
        return `${name}: ${running.get(serviceName)} → 0 tasks${scaling ? ", its scaling is suspended" : ""}.`;
      }),
      ...(done.length > 0 ? [`No tasks already: ${done.map(({ name }) => name).join(", ")}.`] : []),
    ],
    carryOut: async () => {
      // Scaling would start what was just stopped.
      await suspend(stack, awake, true);
      await setCounts(stack, awake, () => 0);
      return [`ECS stops the tasks of ${awake.map(({ name }) => name).join(", ")}.`];
    },
  };
}

/** Wakes services: as many tasks as the plan has, and scaling as before. */
export async function start(stack: Stack, services: readonly ServiceInAws[]): Promise<Intention> {
  const running = await counts(stack, services);
  const asleep = services.filter((service) => running.get(service.serviceName) === 0 && plannedCount(service) > 0);
  if (asleep.length === 0) return nothing("No service is asleep.");
  return {
    says: asleep.map((service) => {
      const { name, scaling } = service;
      const between = scaling ? `, its scaling goes on (${scaling.minCapacity} to ${scaling.maxCapacity})` : "";
      return `${name}: 0 → ${plannedCount(service)} ${plannedCount(service) === 1 ? "task" : "tasks"}${between}.`;
    }),
    carryOut: async () => {
      await setCounts(stack, asleep, plannedCount);
      await suspend(stack, asleep, false);
      return [`ECS starts the tasks of ${asleep.map(({ name }) => name).join(", ")}.`];
    },
  };
}

/** Tasks that a service begins with. */
function plannedCount({ desiredCount = 0, scaling }: ServiceInAws): number {
  return scaling ? Math.min(Math.max(desiredCount, scaling.minCapacity), scaling.maxCapacity) : desiredCount;
}

/** Desired counts of those that are there, by name in ECS. */
async function counts({ inAws, clients }: Stack, services: readonly ServiceInAws[]): Promise<Map<string, number>> {
  const sight = new Sight(inAws.stack);
  const asked = new AskedServices(inAws.cluster ?? "", clients, sight);
  const found = await asked.services(services.map(({ serviceName }) => serviceName));
  sight.insist();
  return new Map([...found!.values()].map(({ serviceName, desiredCount = 0 }) => [serviceName!, desiredCount]));
}

async function setCounts({ clients }: Stack, services: readonly ServiceInAws[], countOf: (service: ServiceInAws) => number): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  await eachOf(services, (service) =>
    ecs.send(new UpdateServiceCommand({ cluster: service.cluster, service: service.serviceName, desiredCount: countOf(service) })),
  );
}

async function suspend({ clients }: Stack, services: readonly ServiceInAws[], suspended: boolean): Promise<void> {
  const scaled = services.flatMap(({ scaling }) => scaling ?? []);
  if (scaled.length === 0) return;
  const { RegisterScalableTargetCommand } = await import("@aws-sdk/client-application-auto-scaling");
  const client = await clients.scaling();
  const SuspendedState = {
    DynamicScalingInSuspended: suspended,
    DynamicScalingOutSuspended: suspended,
    ScheduledScalingSuspended: suspended,
  };
  await eachOf(scaled, ({ resourceId: ResourceId }) =>
    client.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        ResourceId,
        SuspendedState,
      }),
    ),
  );
}
