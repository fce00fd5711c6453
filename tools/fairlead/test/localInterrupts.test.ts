import type { ComposeEngine } from "../src/local/composeEngine";
import { unlessInterrupted } from "../src/local/interrupts";

/** An engine whose calls end a moment after they are told to. */
const engine = () => {
  const compose = {
    hasEnded: false,
    end: () => new Promise<void>((resolve) => setImmediate(() => ((compose.hasEnded = true), resolve()))),
  };
  return compose as unknown as ComposeEngine;
};

test("what nobody interrupts is what it comes to", async () => {
  expect(await unlessInterrupted(engine(), Promise.resolve(1))).toBe(1);
  await expect(unlessInterrupted(engine(), Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "once %s came, nothing else counts, also what is done in that moment",
  async (signal) => {
    for (const work of [
      new Promise<number>((resolve) => process.once(signal, () => resolve(1))),
      new Promise<number>((_, reject) => process.once(signal, () => reject(new Error("no")))),
      new Promise<number>(() => undefined),
    ]) {
      const compose = engine();
      const waiting = unlessInterrupted(compose, work);
      process.emit(signal, signal);
      expect([await waiting, compose.hasEnded]).toEqual(["interrupted", true]);
    }
    expect(process.listenerCount(signal)).toBe(0);
  },
);
