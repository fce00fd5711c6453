import { UserError } from "@fairlead/model";

import { noSuchName } from "./noSuchName";
import type { JobInAws, ServiceInAws } from "./serviceInAws";
import type { StackInAws } from "./stackInAws";

/**
 * Services by their names; all where none is named.
 *
 * @throws UserError where there is no such service
 */
export function chosenServices({ stack, services, jobs }: StackInAws, named: readonly string[]): ServiceInAws[] {
  const unknown = named.filter((name) => !services.some((service) => service.name === name));
  if (unknown.length === 0) return services.filter(({ name }) => named.length === 0 || named.includes(name));
  const [job] = jobs.filter(({ name }) => unknown.includes(name));
  if (job) throw new UserError(`${job.name} is a job, which runs and ends: there is no service of it.`);
  throw noSuchName(stack, "service", unknown, { Services: services.map(({ name }) => name) });
}

/** The service of a name. @throws UserError where there is none */
export function chosenService(stack: StackInAws, name: string): ServiceInAws {
  return chosenServices(stack, [name])[0]!;
}

/**
 * Services and jobs by their names; all where none is named.
 *
 * @throws UserError where there is no such service or job
 */
export function chosenRunnables({ stack, services, jobs }: StackInAws, named: readonly string[]): (ServiceInAws | JobInAws)[] {
  const all = [...services, ...jobs];
  const unknown = named.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length === 0) return all.filter(({ name }) => named.length === 0 || named.includes(name));
  const known = { Services: services.map(({ name }) => name), Jobs: jobs.map(({ name }) => name) };
  throw noSuchName(stack, "service or job", unknown, known);
}
