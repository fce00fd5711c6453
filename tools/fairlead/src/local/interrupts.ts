import type { ComposeEngine } from "./composeEngine";

/**
 * Waits for something, or for Ctrl-C: then the calls that it has made are ended, and what it comes to is nobody's any more.
 *
 * @param end is done before that
 */
export async function unlessInterrupted<T>(
  compose: ComposeEngine,
  work: Promise<T>,
  end: () => void = () => undefined,
): Promise<T | "interrupted"> {
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt).once("SIGHUP", interrupt);
  });
  try {
    return await Promise.race([work, interrupted.then(() => (end(), compose.end())).then(() => "interrupted" as const)]);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt).off("SIGHUP", interrupt);
    work.catch(() => {});
  }
}
