import { serviceType } from "@fairlead/model";
import { placeOf, type Plan, type PlanResource } from "@fairlead/plan";

import { dataIn, type DataInAws } from "./dataInAws";
import { parameterOf, PlannedResources } from "./plannedResources";
import { runnableIn, type JobInAws, type RunnableInAws, type ServiceInAws } from "./serviceInAws";

/** What a stack's plan is called in AWS: where it is, and the names of what people look at and act on. */
export interface StackInAws {
  stack: string;
  /** Undefined where the stack's configuration names none: then AWS's SDK takes that of the environment or the profile. */
  region: string | undefined;
  /** Accounts that it may be in: `aws:allowedAccountIds`. Any where there are none. */
  accountIds: string[];
  /** The cluster of its services. Undefined where the stack has none, as one of access alone. */
  cluster: string | undefined;
  /** What runs all the time, by name. */
  services: ServiceInAws[];
  /** What runs once at `up`, or by a schedule, by name. */
  jobs: JobInAws[];
  /** What services bind to, by name. */
  data: DataInAws[];
  /** Name of the dashboard. */
  dashboard: string | undefined;
  /** Names by which people reach the environment: of CloudFront's distribution first, then of its load balancers. */
  hosts: string[];
}

/** @param config the stack's configuration, by full key */
export function stackInAws(plan: Plan, config: Readonly<Record<string, string>>): StackInAws {
  const resources = new PlannedResources(plan);
  const first = (type: string) => plan.resources.find((resource) => resource.type === type);
  const [cluster, dashboard] = [first("aws:ecs/cluster:Cluster"), first("aws:cloudwatch/dashboard:Dashboard")];
  const runnables = plan.resources.filter(({ type }) => type === serviceType).map((service) => runnableIn(service, resources));
  const sorted = <T extends RunnableInAws>(all: T[]) => all.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    stack: plan.stack,
    region: config["aws:region"],
    accountIds: placeOf(config).accountIds,
    cluster: cluster && parameterOf(cluster, "name"),
    services: sorted(runnables.filter((runnable) => runnable.kind === "service")),
    jobs: sorted(runnables.filter((runnable) => runnable.kind !== "service")),
    data: dataIn(plan.resources, runnables),
    hosts: hostsOf(plan.resources),
    dashboard: dashboard && parameterOf(dashboard, "dashboardName"),
  };
}

function hostsOf(resources: readonly PlanResource[]): string[] {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const aliases = ofType("aws:cloudfront/distribution:Distribution").flatMap(
    ({ inputs }) => (inputs.aliases as string[] | undefined) ?? [],
  );
  const records = ofType("aws:route53/record:Record").filter(({ inputs }) => inputs.type === "A" && inputs.aliases !== undefined);
  return [...new Set([...aliases, ...records.flatMap((record) => parameterOf(record, "name") ?? [])])];
}
