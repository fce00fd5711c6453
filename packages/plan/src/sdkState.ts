import { UserError } from "@fairlead/model";
import stateModule = require("@pulumi/pulumi/runtime/state");

type State = { callbacks?: object };
const sdk = stateModule as unknown as {
  getStore(): State;
  setStackResource(stack: undefined): void;
  withLocalStorage<T>(run: () => T): T;
};

/** By the SDK's state that a plan runs with: who is told of what fails in it. */
const listeners = new Map<State, { name: string; fail: (error: unknown) => void }>();
let isFirst = true;

/** Has the SDK give functions of the program that the engine calls to these, instead of to a server of its own. */
export function useCallbacks(callbacks: object): void {
  sdk.getStore().callbacks = callbacks;
}

/**
 * Runs a plan with a state of the SDK's that is no other plan's, as the Automation API does. The first plan of a process has the global one:
 * Node carries a state of one's own through each promise, which takes a seventh of a large plan's time.
 *
 * The SDK reports a failed registration as an unhandled rejection, once for each output that it leaves open.
 *
 * @param name the stack, as a failure calls it
 * @throws what `run` throws, or the first error of it that nobody handles, or that it waits for what never comes
 */
export function withSdkState<T>(name: string, run: () => Promise<T>): Promise<T> {
  if (isFirst) {
    isFirst = false;
    return untilFailure(name, run);
  }
  return sdk.withLocalStorage(() => untilFailure(name, run));
}

async function untilFailure<T>(name: string, run: () => Promise<T>): Promise<T> {
  const state = sdk.getStore();
  const failed = new Promise<never>((_, reject) => {
    if (listeners.size === 0) for (const [event, listener] of events) process.on(event, listener);
    listeners.set(state, { name, fail: reject });
  });
  const result = await Promise.race([run(), failed]);
  // After a failure the listener stays, for those that come late.
  listeners.delete(state);
  if (listeners.size === 0) for (const [event, listener] of events) process.off(event, listener);
  // It holds every resource.
  sdk.setStackResource(undefined);
  return result;
}

const events: [event: string, listener: (error: unknown) => void][] = [
  ["unhandledRejection", hear],
  // Of a timer or another callback.
  ["uncaughtException", hear],
  ["beforeExit", endAll],
];

function hear(error: unknown): void {
  const listener = listeners.get(sdk.getStore());
  // What belongs to no plan ends the process, as it does where nobody listens.
  if (!listener) throw error;
  listener.fail(error);
}

/** Nothing is left that could go on, and Node would end with 0. */
function endAll(): void {
  for (const { name, fail } of listeners.values()) {
    fail(new UserError(`The program of ${name} never ended: it waits for a promise that nothing fulfils.`));
  }
}
