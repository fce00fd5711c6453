import { isLoss, outcomes, type Imported } from "@fairlead/import";
import { printableLine } from "@fairlead/model";

import { counted } from "../counted";
import type { Changes } from "./writeAll";

/** More of what is to be decided is in the report. */
const mostShown = 20;

/** What a person reads of an import on the terminal; the report has all of it. */
export function renderImport(result: Imported, { added, unchanged }: Changes, isDryRun: boolean): string {
  const { application, services, environments, findings, values = [] } = result;
  const counts = outcomes.map((outcome) => `${findings.filter((finding) => finding.outcome === outcome).length} ${outcome}`);
  const open = findings.filter(isLoss);
  const lines = open.slice(0, mostShown).map(({ outcome, place, service, source, text }) => {
    const what = [service, source].filter(Boolean).join(": ");
    // Keys and paths are whoever's the source is.
    const where = printableLine(`${place.file}:${place.line}:${place.column}  ${what}`);
    return `  ${outcome.padEnd(7)}  ${where}${text ? `\n           ${printableLine(text)}` : ""}`;
  });
  const more = open.length > mostShown ? [`  and ${open.length - mostShown} more in import-report.md`] : [];
  return [
    `${application}: ${counted(services.length, "service")}, ${counted(environments.length, "environment")} (${environments.map(({ name }) => name).join(", ")})`,
    `keys: ${counts.join(", ")}`,
    ...lines,
    ...more,
    ...(values.length > 0
      ? [`${counted(values.length, "value")} to put into Parameter Store before up: import-report.md has the commands`]
      : []),
    "",
    ...written(added, unchanged, isDryRun),
    "",
  ]
    .flatMap((line) => line.split("\n"))
    .map(printableLine)
    .join("\n");
}

function written(added: readonly string[], unchanged: readonly string[], isDryRun: boolean): string[] {
  if (added.length === 0) return [`Nothing changes: all ${counted(unchanged.length, "file")} are there already.`];
  return [
    `${counted(added.length, "file")} ${isDryRun ? "would be written" : "written"}:`,
    ...added.filter((path) => !path.includes("/source/")).map((path) => `  ${printableLine(path)}`),
  ];
}
