import { servicesIn } from "@fairlead/changes";
import type { Plan } from "@fairlead/plan";

/** As much of a service's spec as the steps need. */
interface Spec {
  /** Path of its service.yaml, from the project's folder. */
  file: string;
  routes: { path: string; service?: string }[];
  calls: string[];
  before: string[];
  runtimePlatform: { cpuArchitecture: "X86_64" | "ARM64" };
  build: { dockerfile: string; target?: string };
  environment: Record<string, string>;
}

/** A service of the plan. */
export interface ChosenService extends Spec {
  name: string;
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

/** Chooses among the services that run all the time: the first with a route, and another one that no other needs. */
export function chooseServices(plan: Plan): ChosenServices {
  const parts = [...servicesIn(plan)].sort(([a], [b]) => (a < b ? -1 : 1));
  const running = parts
    .filter(([, { resources }]) => resources.some(({ type }) => type === "aws:ecs/service:Service"))
    .map(([name, { spec }]) => ({ ...(spec as unknown as Spec), name }));
  const changed = running.find(({ routes }) => routes.length > 0) ?? running[0];
  const needed = new Set(
    parts.flatMap(([, { spec }]) => {
      const { calls, before, routes } = spec as unknown as Spec;
      return [...calls, ...before, ...routes.flatMap(({ service }) => service ?? [])];
    }),
  );
  const retired = running.filter(({ name }) => name !== changed?.name && !needed.has(name)).at(0);
  return { all: parts.map(([name]) => name), changed, retired };
}
