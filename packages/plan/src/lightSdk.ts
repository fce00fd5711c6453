import { Resource } from "@pulumi/pulumi";
import debuggableModule = require("@pulumi/pulumi/runtime/debuggable");
import rpcModule = require("@pulumi/pulumi/runtime/rpc");

import { transferPropertiesLazily } from "./lazyOutputs";

const debuggable = debuggableModule as { debuggablePromise?: <T>(promise: Promise<T>) => Promise<T> };
const rpc = rpcModule as { transferProperties?: unknown };
const resource = Resource as unknown as { callsites?: () => unknown[] };

/**
 * Switches off what costs the SDK most and what a plan doesn't need: the formatted stack traces that it keeps for each resource and
 * promise, and the outputs that no program reads (`npm run bench`). Errors that a program throws keep their stacks, since V8's own limit
 * stays as it is. The SDK's version is pinned; a test compares the plans with and without. Call it before the first resource.
 *
 * `FAIRLEAD_PLAIN_SDK=1` leaves the SDK as it is, to debug a promise that never settles.
 */
export function useLightSdk(): void {
  if (process.env.FAIRLEAD_PLAIN_SDK) return;
  if (!resource.callsites || !debuggable.debuggablePromise || !rpc.transferProperties) {
    throw new Error("This version of @pulumi/pulumi is not the one that packages/plan/src/lightSdk.ts was written for.");
  }
  resource.callsites = () => [];
  debuggable.debuggablePromise = (promise) => promise;
  rpc.transferProperties = transferPropertiesLazily;
}
