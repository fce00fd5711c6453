import { StepFailure, type SmokeStep } from "../model";
import { identitiesOfAws, retire } from "./changes";

/** A service goes, and the others don't notice. */
export const retirementSteps: SmokeStep[] = [
  {
    title: "a service is retired",
    expectation:
      "Without the folder of a service that nobody names, `up` deletes what was its own, and neither replaces nor creates anything.",
    minutes: 10,
    leftOut: ({ services }) => (services.retired ? undefined : "Each service is the only one, or named by another one."),
    perform: async (run) => {
      const { name } = run.services.retired!;
      const before = await identitiesOfAws(run);
      retire(run, run.services.retired!);
      await run.pulumi.change("up");
      const after = await identitiesOfAws(run);
      const left = after.filter((line) => line.split(" ")[0]!.endsWith(`::aws:ecs/service:Service::${name}`));
      if (left.length > 0) throw new StepFailure(`The state still has:\n${left.join("\n")}`);
      const created = after.filter((line) => !before.includes(line));
      if (created.length > 0) throw new StepFailure(`These came, or were replaced:\n${created.join("\n")}`);
      return `${name} is gone, with ${before.length - after.length} of AWS's resources.`;
    },
  },
];
