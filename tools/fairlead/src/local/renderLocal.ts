import { firstFew } from "@fairlead/model";

import { tableOf, type Colors } from "../operate/terminal";
import type { LocalCause } from "./causes";
import type { PartState, Phase } from "./taskStates";
import { tellingLines } from "./tellingLines";

const words: Record<Phase, string> = {
  up: "up",
  done: "done",
  waiting: "starting",
  failed: "failed",
  absent: "not started",
  stopped: "stopped",
};

/** The environment at a glance: a row for each service, job and what stands for AWS. */
export function renderStates(parts: readonly PartState[], urlOf: (task: string) => string | undefined, colors: Colors): string[] {
  const color: Record<Phase, (text: string) => string> = {
    up: colors.green,
    done: colors.dim,
    waiting: colors.yellow,
    failed: colors.red,
    absent: colors.dim,
    stopped: colors.dim,
  };
  const header = ["SERVICE", "STATE", "HEALTH", "RESTARTS", "URL"].map((title) => colors.dim(title));
  const rows = parts.map(({ name, task, phase, restarts, containers }) => [
    name,
    color[phase](phase === "absent" && task?.kind === "scheduledJob" ? (task.schedule?.expression ?? words.absent) : words[phase]),
    containers.flatMap(({ health, state }) => (state === "running" && health) || [])[0] ?? colors.dim("–"),
    restarts === 0 ? colors.dim("0") : colors.yellow(String(restarts)),
    (phase === "up" || phase === "waiting" ? urlOf(name) : undefined) ?? "",
  ]);
  return tableOf([header, ...rows]);
}

/** Which parts are not up, and that the others are: `web did not come up; 5 others are up.` */
export function renderNotUp(parts: readonly PartState[]): string {
  const namesIn = (...phases: Phase[]) =>
    parts
      .filter(({ phase, task }) => phases.includes(phase) && !(phase === "absent" && task?.kind === "scheduledJob"))
      .map(({ name }) => name);
  const [failed, waiting, up] = [namesIn("failed", "stopped", "absent"), namesIn("waiting"), namesIn("up").length];
  const said = [
    ...(failed.length > 0 ? [`${firstFew(failed, 6)} did not come up`] : []),
    ...(waiting.length > 0 ? [`${firstFew(waiting, 6)} ${waiting.length === 1 ? "is" : "are"} not up yet`] : []),
    ...(up > 0 ? [up === 1 ? "1 other is up" : `${up} others are up`] : []),
  ];
  return `${said.join("; ")}.`;
}

/** What failed, each with its cause, what to do, and its last lines. */
export function renderCauses(causes: readonly LocalCause[], colors: Colors): string {
  return causes
    .map(({ id, problem, fix, lines }) =>
      [
        `${colors.red("✗")} ${problem}${id ? colors.dim(` (${id})`) : ""}`,
        ...(fix ? [`  ${fix}`] : []),
        ...tellingLines(lines).map((line) => colors.dim(`  │ ${line}`)),
      ].join("\n"),
    )
    .join("\n\n");
}

/** `http://localhost:8080/` and how the names behind it differ from AWS's. */
export function renderAddress(url: string | undefined, notes: readonly string[], colors: Colors): string[] {
  return [
    ...(url ? [colors.bold(url)] : []),
    ...(notes.length > 0 ? [colors.dim(`Otherwise than on AWS: ${firstFew([...notes], 4)}`)] : []),
  ];
}
