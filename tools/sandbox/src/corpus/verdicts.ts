import { inspectImage, type Finding } from "@fairlead/inspection";

import type { BuiltImage } from "./layouts";

/** What an inspection says of an image. */
export interface Verdict {
  /** `stopped`: `up` would end. `told`: it may die. */
  says: "stopped" | "told" | "nothing";
  findings: Pick<Finding, "code" | "certainty" | "problem">[];
}

/** Inspects an image with the settings that it was run with. */
export async function verdictOf({ image, layout }: BuiltImage): Promise<Verdict> {
  const platforms = [`linux/${image.architecture ?? "amd64"}`];
  const report = await inspectImage(layout, { platforms, run: image.task, cache: false });
  const findings = report.platforms.flatMap((platform) => platform.findings);
  const stops = findings.some(({ certainty }) => certainty === "dies");
  return { says: stops ? "stopped" : findings.length > 0 ? "told" : "nothing", findings };
}
