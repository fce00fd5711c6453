import type { ComposeEngine } from "./composeEngine";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Waits for something, or for Ctrl-C: then the calls that it has made are ended, and what it comes to, also in that moment, is nobody's any more.
 *
 * @param end is done before that
 */
export async function unlessInterrupted<T>(
  compose: ComposeEngine,
  work: Promise<T>,
  end: () => void = () => undefined,
): Promise<T | "interrupted"> {
  let isInterrupted = false;
  let interrupt = () => {};
  const ended = new Promise<void>((resolve) => {
    interrupt = () => {
      isInterrupted = true;
      resolve();
    };
  }).then(async () => {
    end();
    await compose.end();
    return "interrupted" as const;
  });
  for (const signal of signals) process.once(signal, interrupt);
  try {
    return await Promise.race([ended, work]).then(
      (done) => (isInterrupted ? ended : done),
      (error: unknown) => {
        if (isInterrupted) return ended;
        throw error;
      },
    );
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    work.catch(() => {});
  }
}
