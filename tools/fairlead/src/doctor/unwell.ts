import { EnvironmentWatch, failedJobs, Sight, type OperatedStack, type ServiceStatus, type Unseen } from "@fairlead/operations";

/** Who may have something wrong. */
export interface Unwell {
  /** Names of services and jobs. */
  names: string[];
  /** What could not be seen of the others, that could be wrong with them. */
  unseen: Unseen[];
}

/** What tells whether a service is well: not what image it runs, nor how it scales. */
const telling = new Set([
  "ecs:DescribeServices",
  "ecs:ListServiceDeployments",
  "ecs:ListTasks",
  "ecs:DescribeTasks",
  "cloudwatch:DescribeAlarms",
  "elasticloadbalancing:DescribeTargetHealth",
]);

/** Asks AWS which services and jobs of a stack may have something wrong. */
export async function unwell(stack: Pick<OperatedStack, "inAws" | "clients" | "caller">): Promise<Unwell> {
  // By name each is asked for itself: in batches a deployment that ECS took back looks like one that came out.
  const names = stack.inAws.services.map(({ name }) => name);
  const sight = new Sight(stack.inAws.stack);
  const [{ services, unseen }, jobs] = await Promise.all([new EnvironmentWatch(stack).look({ services: names }), failedJobs(stack, sight)]);
  return {
    names: [...services.filter((service) => !isWell(service)).map(({ name }) => name), ...jobs],
    unseen: [...unseen.filter(({ action }) => telling.has(action)), ...sight.unseen],
  };
}

/** One that is not there isn't: what was to make it has failed. */
function isWell({ state, lastDeployment, alarms, health, targets }: ServiceStatus): boolean {
  if (/ROLLBACK|STOPPED|FAILED/.test(lastDeployment?.status ?? "")) return false;
  if (state === "asleep") return true;
  const isServed = !targets || targets.others === 0 || targets.healthy > 0;
  return state === "steady" && alarms.length === 0 && (health?.unhealthy ?? 0) === 0 && isServed;
}
