import { inspectImage } from "@fairlead/inspection";

import type { Verdict, VerdictRequest } from "./verdicts";

/** A process that inspects one image after the other. */
process.on("message", ({ layout, platform, task }: VerdictRequest) => {
  // The task sets no variables but these.
  const variables = Object.keys(task.environment ?? {});
  inspectImage(layout, { platforms: [platform], run: { variables, ...task }, cache: false }).then(
    (report) => {
      const findings = report.platforms.flatMap((found) => found.findings);
      const stops = findings.some(({ certainty }) => certainty === "dies");
      process.send!({ says: stops ? "stopped" : findings.length > 0 ? "told" : "nothing", findings } satisfies Verdict);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
