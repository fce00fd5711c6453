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
    containers.map(({ health }) => health).find((health) => health !== undefined) ?? colors.dim("–"),
    restarts === 0 ? colors.dim("0") : colors.yellow(String(restarts)),
    urlOf(name) ?? "",
  ]);
  return tableOf([header, ...rows]);
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
