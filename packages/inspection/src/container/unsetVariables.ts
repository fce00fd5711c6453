import type { ContainerSettings } from "./containerSettings";

/** What ECS, its agent, the devices' drivers and log routers set. */
const ofTheMachinery = /^(AWS|ECS|NVIDIA|NEURON|FLUENT|APPMESH|ENVOY)_/;

/** What shells set by themselves, or wrappers such as setpriv. */
const ofShells =
  /^(BASH|COMP|HIST|READLINE|PROMPT|LC|EPOCH|MAIL|PS\d|COPROC)|^(CDPATH|COLUMNS|DIRSTACK|ENV|EUID|EXECIGNORE|FCEDIT|FIGNORE|FUNCNAME|GLOBIGNORE|GROUPS|HOME|HOSTNAME|HOSTTYPE|IFS|IGNOREEOF|INPUTRC|LANG|LANGUAGE|LINENO|LINES|LOGNAME|MACHTYPE|MAPFILE|OLDPWD|OPTARG|OPTERR|OPTIND|OSTYPE|PATH|PIPESTATUS|POSIXLY_CORRECT|PPID|PWD|RANDOM|REPLY|SECONDS|SHELL|SHELLOPTS|SHLVL|SRANDOM|TERM|TIMEFORMAT|TMOUT|UID|USER)$/;

/**
 * Which variables nobody sets: neither the image nor the task, nor what starts it.
 *
 * @param environment the container's, as far as it is known
 * @returns undefined where what the task sets is not known
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html
 */
export function unsetVariables(
  { variables, secrets = [] }: ContainerSettings,
  environment: ReadonlyMap<string, string>,
): ((name: string) => boolean) | undefined {
  if (!variables) return undefined;
  const given = new Set([...environment.keys(), ...variables, ...secrets]);
  return (name) => /^[A-Za-z]\w*$/.test(name) && !given.has(name) && !ofTheMachinery.test(name) && !ofShells.test(name);
}
