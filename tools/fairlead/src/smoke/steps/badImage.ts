import type { Code } from "@fairlead/model";

import { StepFailure, type SmokeRun, type SmokeStep } from "../model";
import { PulumiFailure } from "../pulumiCli";
import { differences } from "../storedResource";
import { changeManifest, noService, versionsOfAws } from "./changes";

/** Images that no task would start from, and that never reach one. */
export const badImageSteps: SmokeStep[] = [
  {
    title: "an image for another platform",
    expectation: "`up` refuses it, FL1009, and changes no resource of AWS's.",
    minutes: 2,
    leftOut: noService,
    perform: (run) => {
      const { cpuArchitecture } = run.services.changed!.runtimePlatform;
      return refused(run, { build: { platforms: [cpuArchitecture === "ARM64" ? "linux/amd64" : "linux/arm64"] } }, "FL1009");
    },
  },
  {
    title: "an image without its program",
    expectation: "`up` looks into the image that was pushed, refuses it, FL2104, and changes no resource of AWS's.",
    minutes: 5,
    leftOut: noService,
    perform: (run) => refused(run, { entryPoint: ["/fairlead-smoke-is-not-there"] }, "FL2104"),
  },
];

async function refused(run: SmokeRun, keys: Record<string, unknown>, code: Code): Promise<string> {
  const before = await versionsOfAws(run);
  changeManifest(run, run.services.changed!, keys);
  const message = await failureOf(() => run.pulumi.change("up"));
  run.clone.takeBack();
  if (message === undefined) throw new StepFailure("`up` brought it out.");
  const line = message.split("\n").find((each) => each.includes(code));
  if (line === undefined) throw new StepFailure(`It failed of something else:\n${message}`);
  const changed = differences(before, await versionsOfAws(run));
  if (changed.length > 0) throw new StepFailure(`It was refused, but something changed:\n${changed.join("\n")}`);
  return `It was refused, and nothing was changed: ${line.trim()}`;
}

/** What Pulumi said, where it failed. */
export async function failureOf(action: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof PulumiFailure) return error.message;
    throw error;
  }
}
