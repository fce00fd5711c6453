import { imageCodes } from "@fairlead/model";

import { may, type Finding } from "../finding";
import type { Container } from "./container";
import type { ContainerSettings, ImageConfig } from "./containerSettings";
import { commandProblems } from "./start";

/**
 * What keeps the health check from running: the task's, or else the image's own. That one stops no `up`: ECS passes over it, and what can't run is
 * not carried over.
 */
export function healthCheckProblems({ healthCheck }: ContainerSettings, config: ImageConfig, container: Container): Finding[] {
  const [mode, ...words] = healthCheck ?? config.Healthcheck?.Test ?? [];
  if (mode === undefined || mode === "NONE") return [];
  const shell = (!healthCheck && config.Shell) || ["/bin/sh", "-c"];
  const command = mode === "CMD-SHELL" ? [...shell, ...words] : mode === "CMD" ? words : [mode, ...words];
  return commandProblems(command, container).map((problem) => {
    const whose = healthCheck ? "the task's health check" : "the image's HEALTHCHECK";
    const found = { ...problem, code: "FL2112" as const, problem: `${whose} can't run: ${problem.problem}` };
    if (healthCheck) return { ...found, consequence: imageCodes.FL2112.consequence };
    return may({
      ...found,
      consequence: "The service is left without it on ECS. Under Docker and Compose the container becomes unhealthy for ever.",
    });
  });
}
