import { Resource } from "@pulumi/pulumi";
import debuggableModule = require("@pulumi/pulumi/runtime/debuggable");

const debuggable = debuggableModule as { debuggablePromise?: <T>(promise: Promise<T>) => Promise<T> };

/**
 * Switches off what the SDK keeps for debugging its own promises: a formatted stack trace for every resource and for every output
 * property. Nobody reads them in a plan, and they are most of its time and memory (`npm run bench`). Errors that a program throws keep
 * their stacks, since V8's own limit stays as it is. Call it before the first resource.
 */
export function useLightSdk(): void {
  const internals = Resource as unknown as { callsites?: () => unknown[] };
  if (typeof internals.callsites !== "function" || typeof debuggable.debuggablePromise !== "function") return;
  internals.callsites = () => [];
  debuggable.debuggablePromise = (promise) => promise;
}
