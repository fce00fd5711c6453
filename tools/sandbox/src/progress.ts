import colors from "picocolors";

const interactive = Boolean(process.stderr.isTTY);

/** Runs one step and says on standard error that it runs, and how it ended. */
export async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const started = Date.now();
  if (interactive) process.stderr.write(`${colors.dim("…")} ${title}`);
  try {
    const result = await work();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stderr.write(`${interactive ? "\r\x1b[K" : ""}${colors.green("✓")} ${title} ${colors.dim(`(${seconds} s)`)}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${interactive ? "\r\x1b[K" : ""}${colors.red("✗")} ${title}\n`);
    throw error;
  }
}

/** A failure whose message says all that its reader needs. */
export class SandboxError extends Error {}
