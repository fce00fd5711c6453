import { imageCodes } from "@fairlead/model";

import { may, type Finding } from "../finding";
import type { Container } from "../container/container";
import type { ContainerSettings, ImageConfig } from "../container/containerSettings";
import { commandProblems } from "./start";

/**
 * What keeps the health check from running: the task's, or else the image's own. That one stops no `up`: ECS passes over it, and what can't run is
 * not carried over.
 */
export function healthCheckProblems({ healthCheck }: ContainerSettings, config: ImageConfig, container: Container): Finding[] {
  const [mode, ...words] = healthCheck ?? config.Healthcheck?.Test ?? [];
  if (mode === undefined || mode === "NONE") return [];
  // What can be written may have been by now.
  const running = { ...container, isRunning: container.writable === undefined };
  const problemsIn = (shell: string[]) => {
    const command = mode === "CMD-SHELL" ? [...shell, ...words] : mode === "CMD" ? words : [mode, ...words];
    return commandProblems(command, running).map((found) => (running.isRunning && mayBeMade(found) ? may(found) : found));
  };
  // Docker takes the shell that the image names; whether Fargate does is not documented.
  const bySh = problemsIn(["/bin/sh", "-c"]);
  const problems = mode === "CMD-SHELL" && config.Shell ? ofBoth(bySh, problemsIn(config.Shell)) : bySh;
  return problems.map((problem) => {
    const whose = healthCheck ? "the task's health check" : "the image's HEALTHCHECK";
    const found = { ...problem, code: "FL2112" as const, problem: `${whose} can't run: ${problem.problem}` };
    if (healthCheck) return { ...found, consequence: imageCodes.FL2112.consequence };
    return may({
      ...found,
      consequence: "The service is left without it on ECS. Under Docker and Compose the container becomes unhealthy for ever.",
    });
  });
}

/** What is wrong whichever of two shells is taken; else what may be. */
function ofBoth(one: Finding[], other: Finding[]): Finding[] {
  if (one.length === 0 || other.length === 0) return [];
  return [one, other].every((found) => found.some(({ certainty }) => certainty === "dies")) ? other : other.map(may);
}

/** Whether it is of a file that the container may have made since it started: into its programs' own folders it writes nothing. */
function mayBeMade({ file }: Finding): boolean {
  return /^\/(tmp|run|var|dev|home|root|data)(\/|$)/.test(file ?? "");
}
