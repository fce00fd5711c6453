import { imageCodes } from "@fairlead/model";

import { finding, type Finding } from "./finding";
import { programProblem, type ProgramContext } from "./program";
import { neededPrograms, shellScript } from "./shellCommand";

/** What a task definition changes of how an image is run; the image's own by default. */
export interface ContainerCommand {
  entryPoint?: string[];
  command?: string[];
  user?: string;
  /** Value of PATH, where the container's environment sets it. */
  path?: string;
  /** As the task definition has it: `CMD` or `CMD-SHELL` first. `NONE` takes the image's own away. */
  healthCheck?: string[];
  /** Folders that are volumes of the task's, empty ones on Fargate, for its user to write to. */
  writableMounts?: string[];
}

/** The part of an image's config that says how it is run. */
export interface ImageConfig {
  Entrypoint?: string[] | null;
  Cmd?: string[] | null;
  User?: string;
  WorkingDir?: string;
  Env?: string[] | null;
  /** Times in nanoseconds. */
  Healthcheck?: { Test?: string[] | null; Interval?: number; Timeout?: number; StartPeriod?: number; Retries?: number } | null;
  Shell?: string[] | null;
  Volumes?: object | null;
}

/** Program and arguments, as Docker puts them together: an entry point of the task's leaves the image's command out. */
export function argumentsOf({ entryPoint, command }: ContainerCommand, { Entrypoint, Cmd }: ImageConfig): string[] {
  if (entryPoint?.length) return [...entryPoint, ...(command ?? [])];
  return [...(Entrypoint ?? []), ...(command?.length ? command : (Cmd ?? []))];
}

/** What keeps the program from starting. */
export function commandProblems(words: string[], context: ProgramContext): Finding[] {
  if (words.length === 0)
    return [
      finding(
        "FL2103",
        "the image has neither ENTRYPOINT nor CMD, and the task names no command",
        "Add CMD to the Dockerfile, or command to the service.yaml.",
      ),
    ];
  const problem = programProblem(words[0]!, context) ?? wrappedProblem(words, context) ?? scriptProblem(shellScript(words), context);
  return problem ? [problem] : [];
}

/** Small init programs start what follows them. */
function wrappedProblem([program = "", ...rest]: string[], context: ProgramContext): Finding | undefined {
  if (!["tini", "dumb-init", "catatonit"].includes(program.split("/").at(-1)!)) return undefined;
  const after = rest.includes("--") ? rest.slice(rest.indexOf("--") + 1) : rest;
  const [name] = after;
  return name === undefined || name.startsWith("-")
    ? undefined
    : (programProblem(name, context) ?? scriptProblem(shellScript(after), context));
}

function scriptProblem(script: string | undefined, context: ProgramContext): Finding | undefined {
  if (script === undefined) return undefined;
  const problems = neededPrograms(script).map((name) => programProblem(name, { ...context, readsTexts: true }));
  return problems.every((problem) => problem) ? problems[0] : undefined;
}

/** What keeps the health check from running: the task's, or else the image's own. */
export function healthCheckProblems({ healthCheck }: ContainerCommand, config: ImageConfig, context: ProgramContext): Finding[] {
  const [mode, ...words] = healthCheck ?? config.Healthcheck?.Test ?? [];
  if (mode === undefined || mode === "NONE") return [];
  const shell = (!healthCheck && config.Shell) || ["/bin/sh", "-c"];
  const command = mode === "CMD-SHELL" ? [...shell, ...words] : mode === "CMD" ? words : [mode, ...words];
  return commandProblems(command, context).map((problem) => {
    const whose = healthCheck ? "the task's health check" : "the image's HEALTHCHECK";
    const ofImage =
      "A service's own container gets it by the task definition, and becomes unhealthy for ever; so does any container under Docker and Compose.";
    return {
      ...problem,
      code: "FL2112",
      problem: `${whose} can't run: ${problem.problem}`,
      consequence: healthCheck ? imageCodes.FL2112.consequence : ofImage,
    };
  });
}
