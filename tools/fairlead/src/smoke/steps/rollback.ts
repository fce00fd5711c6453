import { StepFailure, type SmokeStep } from "../model";
import { containersOf, newVersion, noService } from "./changes";

/** From a version back to the one before. */
export const rollbackSteps: SmokeStep[] = [
  {
    title: "rollback to the commit before",
    expectation: "A new version comes out. `up` from the commit before it brings back the very containers, by the digests of their images.",
    minutes: 20,
    leftOut: noService,
    perform: async (run) => {
      const service = run.services.changed!;
      const before = await containersOf(run, service);
      newVersion(run, service, "2");
      await run.pulumi.change("up");
      const between = await containersOf(run, service);
      if (between === before) throw new StepFailure("The new version has the containers of the old one.");
      run.clone.takeBack();
      await run.pulumi.change("up");
      if ((await containersOf(run, service)) !== before) throw new StepFailure("The task definition has other containers than before.");
      return `${service.name} went to another version, and back to the same containers.`;
    },
  },
];
