import { Resource } from "@pulumi/pulumi";
import debuggableModule = require("@pulumi/pulumi/runtime/debuggable");

import { useLazyOutputs } from "./lazyOutputs";
import { useLightStructs } from "./lightStruct";

const debuggable = debuggableModule as { debuggablePromise?: <T>(promise: Promise<T>) => Promise<T> };
const resource = Resource as unknown as { callsites?: () => unknown[] };
let isLight = false;

/**
 * Switches off what costs the SDK most and what a plan doesn't need: the formatted stack traces that it keeps for each resource and
 * promise, the outputs that no program reads, and the messages that nobody sends (`npm run bench`). Errors that a program throws keep their
 * stacks, since V8's own limit stays as it is. The SDK's version is pinned; a test compares the plans with and without. Call it before the
 * first resource.
 *
 * `FAIRLEAD_PLAIN_SDK=1` leaves the SDK as it is, to debug a promise that never settles.
 */
export function useLightSdk(): void {
  if (isLight || process.env.FAIRLEAD_PLAIN_SDK) return;
  if (!resource.callsites || !debuggable.debuggablePromise) {
    throw new Error("This version of @pulumi/pulumi is not the one that packages/plan/src/lightSdk.ts was written for.");
  }
  resource.callsites = () => [];
  debuggable.debuggablePromise = (promise) => promise;
  useLazyOutputs();
  useLightStructs();
  isLight = true;
}
