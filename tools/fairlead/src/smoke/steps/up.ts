import { counted } from "../../counted";
import type { SmokeRun, SmokeStep } from "../model";

/** The stack comes, and stays as it is. */
export const upSteps: SmokeStep[] = [
  {
    title: "up",
    expectation: "`pulumi up` creates all resources, and each service becomes steady.",
    minutes: 30,
    perform: async ({ pulumi }: SmokeRun) => {
      await pulumi.change("up");
      const resources = (await pulumi.resources()).filter(({ custom }) => custom);
      const ofAws = resources.filter(({ type }) => type.startsWith("aws:"));
      return `The state has ${counted(resources.length, "resource")}, ${ofAws.length} of them AWS's.`;
    },
  },
  {
    title: "a second up",
    expectation: "After a refresh `pulumi preview` shows no change, and a second `up` makes none.",
    minutes: 5,
    perform: async ({ pulumi }: SmokeRun) => {
      await pulumi.change("preview", "--refresh", "--expect-no-changes");
      await pulumi.change("up", "--expect-no-changes");
      return "Nothing drifted, and nothing was changed.";
    },
  },
];
