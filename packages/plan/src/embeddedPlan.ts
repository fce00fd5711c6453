import { setImmediate as nextTurn } from "node:timers/promises";
// First: everything else loads the SDK.
import "./lazySdk";
import { runtime } from "@pulumi/pulumi";

import { AttributeNames } from "./attributes";
import { PlanCallbacks } from "./callbacks";
import { useLightSdk } from "./lightSdk";
import type { Plan } from "./model";
import { PlanMonitor } from "./monitor";
import { placeOf } from "./project/place";
import { marksOf } from "./secrets";
import { useCallbacks, withSdkState } from "./sdkState";
import { useStackOutputs } from "./stackOutputs";
import { withoutUsualVersions } from "./usualVersions";

/** What the embedded plan runs, and for which stack. */
export interface EmbeddedPlanArgs {
  /** Project name, from Pulumi.yaml. */
  project: string;
  stack: string;
  /** Stack configuration with full keys, such as `aws:region`. */
  config: Record<string, string>;
  /** Keys of `config` whose values are secret. */
  secretKeys?: string[];
  /** Random, of one run: secrets of plans with the same key can be compared, until `withoutMarks`. Without one they read alike. */
  secretsKey?: string;
  /** Loads and runs the stack program; what it returns are the stack's outputs. */
  program: () => unknown;
}

/**
 * Runs a stack program in process, with no engine, and returns what it asked for. Several plans may be made in one process, also at the same
 * time and after one that failed: what they have in common are the program's modules.
 *
 * @throws whatever the program throws, with its own stack.
 */
export async function embeddedPlan(args: EmbeddedPlanArgs): Promise<Plan> {
  useLightSdk();
  useStackOutputs();
  const attributes = new AttributeNames();
  const callbacks = new PlanCallbacks();
  const monitor = new PlanMonitor(
    { project: args.project, stack: args.stack, ...placeOf(args.config) },
    attributes,
    callbacks,
    args.secretsKey === undefined ? undefined : marksOf(args.secretsKey),
  );
  try {
    return await withSdkState(args.stack, () => plan(args, monitor, attributes, callbacks));
  } catch (error) {
    throw monitor.causeOf(error);
  }
}

async function plan(args: EmbeddedPlanArgs, monitor: PlanMonitor, attributes: AttributeNames, callbacks: PlanCallbacks): Promise<Plan> {
  const unused = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
  // setMocks switches the SDK's features on; setMockOptions then puts the plan's monitor in the mocks' place.
  await runtime.setMocks(unused, args.project, args.stack, true);
  runtime.setMockOptions(monitor, args.project, args.stack, true);
  useCallbacks(callbacks);
  runtime.setAllConfig(args.config, args.secretKeys);
  let thrown: { error: unknown } | undefined;
  await runtime.runInPulumiStack(async () => {
    runtime.registerStackTransformation(attributes.transformation);
    // The stack itself is registered by then: in which order the rest is doesn't depend on how the program is loaded.
    await nextTurn();
    try {
      return await args.program();
    } catch (error) {
      // Thrown through the SDK, it would come back once more as a rejection that nobody handles.
      thrown = { error };
      return undefined;
    }
  });
  await runtime.disconnect();
  // Node tells of rejections that nobody handles at the end of a turn of the event loop.
  await nextTurn();
  if (thrown) throw thrown.error;
  const { outputs } = monitor;
  const resources = withoutUsualVersions(monitor.resources);
  if (callbacks.stackTransforms.length > 0) resources[0]!.options.transforms = callbacks.stackTransforms;
  return { version: 1, project: args.project, stack: args.stack, resources, outputs };
}
