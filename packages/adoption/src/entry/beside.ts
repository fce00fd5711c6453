import type { OperatedStack } from "@fairlead/operations";

/** What would do its work twice while the old and the new run. */
export function besideOf({ services, jobs }: OperatedStack["inAws"]): string[] {
  const workers = services.filter(({ routes, containerPort }) => routes.length === 0 && containerPort === undefined);
  const scheduled = jobs.filter(({ kind }) => kind === "scheduled-job");
  const first = jobs.filter(({ kind }) => kind === "job");
  return [
    ...workers.map(
      ({ name }) =>
        `${name} takes its work beside whoever does now: on one queue they share the messages, and both must do the same with each.`,
    ),
    ...scheduled.map(
      ({ name }) => `${name} runs by its schedule beside the one that runs now: keep it off (schedule: state: DISABLED) until that one is.`,
    ),
    ...first.map(
      ({ name }) => `${name} runs at each up: what it does to data, such as a migration, must suit the tasks that run now as well.`,
    ),
  ];
}
