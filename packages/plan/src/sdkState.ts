import stateModule = require("@pulumi/pulumi/runtime/state");

type State = object;
const sdk = stateModule as unknown as {
  getStore(): State;
  setStackResource(stack: undefined): void;
  withLocalStorage<T>(run: () => T): T;
};

/** By the SDK's state that a plan runs with: who is told of what fails in it. */
const listeners = new Map<State, (error: unknown) => void>();
let isFirst = true;

/**
 * Runs a plan with a state of the SDK's that is no other plan's, as the Automation API does. The first plan of a process has the global one:
 * Node carries a state of one's own through each promise, which takes a seventh of a large plan's time.
 *
 * The SDK reports a failed registration as an unhandled rejection, once for each output that it leaves open.
 *
 * @throws what `run` throws, or the first rejection that nobody handles
 */
export function withSdkState<T>(run: () => Promise<T>): Promise<T> {
  if (isFirst) {
    isFirst = false;
    return untilFailure(run);
  }
  return sdk.withLocalStorage(() => untilFailure(run));
}

async function untilFailure<T>(run: () => Promise<T>): Promise<T> {
  const state = sdk.getStore();
  const failed = new Promise<never>((_, reject) => {
    if (listeners.size === 0) process.on("unhandledRejection", hear);
    listeners.set(state, reject);
  });
  const result = await Promise.race([run(), failed]);
  // After a failure the listener stays, for those that come late.
  listeners.delete(state);
  if (listeners.size === 0) process.off("unhandledRejection", hear);
  // It holds every resource.
  sdk.setStackResource(undefined);
  return result;
}

function hear(error: unknown): void {
  const listener = listeners.get(sdk.getStore());
  // What belongs to no plan ends the process, as it does where nobody listens.
  if (!listener) throw error;
  listener(error);
}
