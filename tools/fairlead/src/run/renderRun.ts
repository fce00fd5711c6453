import { formatFindings } from "@fairlead/inspection";
import { colors } from "@fairlead/report/colors";

import { listenerText } from "./listeners";
import type { RunReport } from "./runImage";
import { duration } from "./verdict";

/** What a run showed, as a person reads it. */
export function renderRun(report: RunReport, image: { image: string; digest: string }, service: string | undefined): string {
  const { engine, platform, ending, findings, notes, withheld } = report;
  const dies = findings.some(({ certainty }) => certainty === "dies");
  const mark = dies ? colors.red("✗") : findings.length > 0 ? colors.yellow("!") : colors.green("✓");
  const inspected = { service, report: { ...image, platforms: [{ platform, findings, layers: 0, size: 0, arguments: [], user: "" }] } };
  const told = formatFindings([inspected]);
  return [
    `${mark} run by ${engine}, ${platform}: ${outcome(report)}`,
    ...(ending.listeners?.length ? [`  listens on ${ending.listeners.map(listenerText).join(", ")}`] : []),
    colors.dim(`  without ${absent(withheld).join(", ")}`),
    ...notes.map((note) => colors.dim(`  ${note}`)),
    ...told.flatMap((text) => ["", text]),
    ...(findings.length > 0 ? lastWords(ending.lines) : []),
    "",
  ].join("\n");
}

function outcome({ ending: { kind, seconds, exitCode } }: RunReport): string {
  const time = duration(seconds);
  const outcomes = {
    healthy: `healthy after ${time}`,
    alive: `still running after ${time}; it has no health check`,
    ended: `ended after ${time} with exit code ${exitCode}`,
    unhealthy: `not healthy after ${time}`,
    notStarted: "not started",
  };
  return outcomes[kind];
}

function absent({ task, secrets, outputs, fileSystems, sidecars }: RunReport["withheld"]): string[] {
  const group = (what: string, names: string[]) => (names.length > 0 ? [`${what} ${names.join(", ")}`] : []);
  return [
    "network",
    ...(task ? ["a task's variables"] : []),
    ...group("the secrets", secrets),
    ...group("the values of", outputs),
    ...group("the file systems of", fileSystems),
    ...group("the containers", sidecars),
  ];
}

/** A mark before each line: GitHub's runner takes one that begins with `::` for a command. */
function lastWords(lines: string[]): string[] {
  return lines.length > 0 ? ["  its last lines:", ...lines.map((line) => colors.dim(`  | ${line}`))] : ["  it logged nothing"];
}
