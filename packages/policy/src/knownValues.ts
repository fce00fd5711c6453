import { isReference, isSecret } from "@fairlead/plan";

/** A value that is known only after apply, or secret, was read: nobody can judge yet what depends on it. */
class UnknownValueRead extends Error {}

const guards = new WeakMap<object, object>();

/** The same value, whose unknown parts can't be read. What reads one is undecided, by {@link ifKnown}. */
export function guarded<T>(value: T): T {
  if (isSecret(value) || isReference(value)) throw new UnknownValueRead();
  if (value === null || typeof value !== "object") return value;
  let guard = guards.get(value);
  if (!guard) {
    guard = new Proxy(value, { get: (target, key) => guarded(Reflect.get(target, key) as unknown) });
    guards.set(value, guard);
  }
  return guard as T;
}

/** What a judgement says; undefined where it has read what nobody knows yet. */
export function ifKnown<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof UnknownValueRead) return undefined;
    throw error;
  }
}
