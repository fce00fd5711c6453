import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Finding } from "@fairlead/inspection";

import type { TaskSettings } from "./corpusImage";
import type { BuiltImage } from "./layouts";

/** What an inspection says of an image. */
export interface Verdict {
  /** `stopped`: `up` would end. `told`: it may die. */
  says: "stopped" | "told" | "nothing";
  findings: Pick<Finding, "code" | "certainty" | "problem">[];
}

/** What is to be inspected, and with which settings. */
export interface VerdictRequest {
  layout: string;
  platform: string;
  task: TaskSettings;
}

/**
 * Inspects images with the settings that they were run with, in as many processes as the machine has processors: it is their time that it takes, and V8
 * would collect garbage on all of them for each.
 */
export async function verdictsOf(images: readonly BuiltImage[]): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const waiting = [...images];
  const inspectors = Array.from({ length: Math.min(availableParallelism(), images.length) }, () =>
    fork(join(__dirname, "inspector.ts"), { execArgv: ["--single-threaded-gc", "--require", "@fairlead/transpile/register"] }),
  );
  const work = async (inspector: ChildProcess) => {
    const ended = once(inspector, "exit").then(() => undefined);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { layout, image } = next;
      inspector.send({ layout, platform: `linux/${image.architecture ?? "amd64"}`, task: image.task } satisfies VerdictRequest);
      const answer = (await Promise.race([once(inspector, "message"), ended])) as [Verdict] | undefined;
      if (!answer) throw new Error(`The inspection of ${image.name} ended without a verdict.`);
      verdicts.set(image.name, answer[0]);
    }
  };
  try {
    await Promise.all(inspectors.map(work));
  } finally {
    for (const inspector of inspectors) inspector.kill();
  }
  return verdicts;
}
