import { imageCodes } from "@fairlead/model";

import type { ImageReport } from "./inspect";

/** Which container of which task an image is for. */
export interface InspectedContainer {
  /** Name of the service, or of the task definition. */
  service?: string;
  container?: string;
  report: ImageReport;
}

/** Findings as a person reads them, each with what it is about; empty if there are none. */
export function formatFindings(inspected: InspectedContainer[]): string[] {
  return inspected.flatMap(({ service, container, report }) =>
    report.platforms.flatMap(({ platform, findings }) =>
      findings.map(({ code, file, problem, consequence, fix }) => {
        const where = [service, container !== service ? container : undefined, platform, file].filter(Boolean).join("  ");
        return [
          `${code}  ${where}`,
          `  ${problem} (${imageCodes[code].title})`,
          `  image: ${report.image}`,
          `  on ECS: ${consequence}`,
          `  fix: ${fix}`,
        ].join("\n");
      }),
    ),
  );
}
