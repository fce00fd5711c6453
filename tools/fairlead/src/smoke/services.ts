import { servicesIn } from "@fairlead/changes";
import type { Plan } from "@fairlead/plan";

/** A path that the load balancer leads to the service that declares it, or to another. */
interface Route {
  path: string;
  host?: string;
  service?: string;
}

/** As much of a service's spec as the steps need. */
interface Spec {
  /** Path of its service.yaml, from the project's folder. */
  file: string;
  routes: Route[];
  tcp?: object;
  calls: string[];
  before: string[];
  runtimePlatform: { cpuArchitecture: "X86_64" | "ARM64" };
  build: { dockerfile: string; target?: string };
  environment: Record<string, string>;
}

/** A service of the plan. */
export interface ChosenService extends Spec {
  name: string;
  /** Routes that lead to it, whoever declares them. */
  routesTo: Route[];
}

/** The services that the steps change. */
export interface ChosenServices {
  /** Names of all. */
  all: string[];
  /** The one that gets other versions; undefined where no service runs on ECS. */
  changed: ChosenService | undefined;
  /** One that nobody names, and that goes. */
  retired: ChosenService | undefined;
}

/** Chooses among the services that run all the time: the first that a route leads to, and another one that no other needs. */
export function chooseServices(plan: Plan): ChosenServices {
  const parts = [...servicesIn(plan)].sort(([a], [b]) => (a < b ? -1 : 1));
  const routes = parts.flatMap(([name, { spec }]) =>
    (spec as unknown as Spec).routes.map((route) => ({ to: route.service ?? name, route })),
  );
  const routesTo = (name: string) => routes.filter(({ to }) => to === name).map(({ route }) => route);
  const running = parts
    .filter(([, { resources }]) => resources.some(({ type }) => type === "aws:ecs/service:Service"))
    .map(([name, { spec }]) => ({ ...(spec as unknown as Spec), name, routesTo: routesTo(name) }));
  const changed = running.find(({ routesTo }) => routesTo.length > 0) ?? running[0];
  const needed = new Set(
    parts.flatMap(([, { spec }]) => {
      const { calls, before, routes } = spec as unknown as Spec;
      return [...calls, ...before, ...routes.flatMap(({ service }) => service ?? [])];
    }),
  );
  const retired = running.filter(({ name }) => name !== changed?.name && !needed.has(name)).at(0);
  return { all: parts.map(([name]) => name), changed, retired };
}
