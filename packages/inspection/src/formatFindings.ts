import { imageCodes, reportedLine, withoutLogins } from "@fairlead/model";

import type { Certainty } from "./finding";
import type { ImageReport } from "./inspect";

/** Which container of which task an image is for. */
export interface InspectedContainer {
  /** Name of the service, or of the task definition. */
  service?: string;
  container?: string;
  report: ImageReport;
}

/**
 * Findings as a person reads them, each with what it is about; empty if there are none. What images say of themselves is printed as one line that
 * steers nothing.
 *
 * @param wanted those of one alone; all by default
 */
export function formatFindings(inspected: InspectedContainer[], wanted?: Certainty): string[] {
  return inspected.flatMap(({ service, container, report }) =>
    report.platforms.flatMap(({ platform, findings }) =>
      findings
        .filter(({ certainty }) => !wanted || certainty === wanted)
        .map(({ code, certainty, file, problem, consequence, fix }) => {
          const where = [service, container !== service ? container : undefined, platform, file].filter(Boolean).join("  ");
          return [
            `${code}  ${where}`,
            `  ${problem} (${imageCodes[code].title})`,
            `  image: ${report.image}`,
            `  ${certainty === "dies" ? "on ECS" : "on ECS it may happen"}: ${consequence}`,
            `  fix: ${fix}`,
          ]
            .map((line) => reportedLine(withoutLogins(line)))
            .join("\n");
        }),
    ),
  );
}
