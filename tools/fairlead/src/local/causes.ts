import { likelyCause } from "@fairlead/model";
import type { Task } from "@fairlead/local";

import { fitToPrint, lastLines } from "../run/lastLines";
import type { ComposeEngine } from "./composeEngine";
import type { CauseContext } from "./causeContext";
import type { LocalContainer } from "./containers";
import { lastEnd } from "./lastEnd";
import { listensElsewhere } from "./listening";
import { outOfMemory } from "./outOfMemory";
import { ownLocalhost } from "./ownLocalhost";
import { unresolvedName } from "./unresolvedName";
import type { PartState } from "./taskStates";

/** Why a part of an environment does not do what it is for. */
export interface LocalCause {
  /** As the doctor calls it, where it is one of its. */
  id: string | undefined;
  part: string;
  /** `web ended with exit code 1: …` */
  problem: string;
  fix: string | undefined;
  lines: string[];
}

/** The causes of what failed, and of what waits too long. */
export async function causesOf(parts: readonly PartState[], context: CauseContext): Promise<LocalCause[]> {
  const causes = await Promise.all(
    parts
      .filter(({ phase }) => phase === "failed" || phase === "waiting" || phase === "stopped")
      .map(async (part): Promise<LocalCause> => causeOf(part, await worst(part, context.compose), context)),
  );
  // What waits for a part that failed says nothing by itself.
  const own = causes.filter(({ id }) => id !== "waits");
  return own.length > 0 ? own : causes;
}

interface Remains {
  container: LocalContainer | undefined;
  lines: string[];
}

/** The container that tells most: one that ended, before one that is not healthy, before others; and before those that the task goes on without. */
async function worst({ containers, task }: PartState, compose: ComposeEngine): Promise<Remains> {
  const isEssential = ({ container }: LocalContainer) => task?.containers.find(({ name }) => name === container)?.essential !== false;
  const rank = (container: LocalContainer) => wrongness(container) * (isEssential(container) ? 8 : 1);
  const [first] = [...containers].sort((a, b) => rank(b) - rank(a));
  if (!first) return { container: undefined, lines: [] };
  const container = first.restarts > 0 && first.state === "running" ? await lastEnd(compose, first) : first;
  return { container, lines: await lastLines(compose.engine, container.id) };
}

const wrongness = ({ state, exitCode, health, restarts, error }: LocalContainer) =>
  (state !== "running" && (exitCode !== 0 || error !== "") ? 4 : 0) + (restarts > 0 ? 2 : 0) + (health === "unhealthy" ? 1 : 0);

async function causeOf(part: PartState, { container, lines }: Remains, context: CauseContext): Promise<LocalCause> {
  const { name, task } = part;
  // The container that has the task's name is the service's own; of others the service is not the program that failed.
  const isOwn = !task || !container || container.service === task.name;
  const who = isOwn ? name : `${name}'s container ${container.container}`;
  const say = (problem: string, cause?: { id?: string; cause: string; fix?: string }, subject = name): LocalCause => ({
    id: cause?.id,
    part: name,
    problem: `${subject} ${problem}${cause ? `: ${cause.cause.replace(/\.$/, "")}` : ""}`,
    fix: cause?.fix,
    lines,
  });
  if (!container || (container.state === "created" && container.error === ""))
    return { ...say("was not started: it waits for something else"), id: "waits" };
  const unresolved = unresolvedName(lines, part, context);
  if (container.error !== "")
    return say(`was not started: ${fitToPrint(container.error)}`, likelyCause({ reason: container.error, lines: [] }), who);
  if (container.state !== "running" || container.restarts > 0) {
    const reason = container.outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : "Essential container in task exited";
    const likely = likelyCause({ exitCode: container.exitCode, reason, lines });
    // What else is known of an end is why, whatever it asked for before.
    const isOpen = likely === undefined || likely.id === "dependency-unreachable";
    const cause = outOfMemory(container, task) ?? unresolved ?? (isOpen ? ownLocalhost(lines, part, context) : undefined) ?? likely;
    const more = container.restarts === 1 ? "once more" : `${container.restarts} times more`;
    const again = container.restarts > 0 ? `, and ${more}` : "";
    return say(`ended with exit code ${container.exitCode}${again}`, cause, who);
  }
  if (container.health !== undefined && container.health !== "healthy")
    return say(...(await unhealthy(container, part, context.compose)), who);
  return task && task.registrations.length > 0
    ? say(...(await unanswered(task, part, container, context.compose)))
    : { ...say("is not ready yet"), id: "waits" };
}

type Said = [problem: string, cause: { id?: string; cause: string; fix?: string } | undefined];

async function unhealthy({ id, service, container }: LocalContainer, { task }: PartState, { engine }: ComposeEngine): Promise<Said> {
  const { stdout } = await engine.call(["inspect", "--format", "{{json .State.Health.Log}}", id]);
  const log = JSON.parse(stdout || "[]") as { ExitCode: number; Output: string }[];
  const last = log.at(-1);
  if (last === undefined) return ["is not healthy yet: its health check has not run", undefined];
  const inIt = task && service !== task.name ? ` --container ${container}` : "";
  const shell = task ? `: \`npx fairlead local exec ${task.name}${inIt}\`` : "";
  const words = fitToPrint(last.Output.trim().split("\n").at(-1)!);
  return [
    "is not healthy",
    {
      id: "container-health-check",
      cause: `its health check ended with exit code ${last.ExitCode}${words ? `, with "${words}"` : ""}`,
      fix: `Run the check in it${shell}. It has to work with what the image has, and within its timeout.`,
    },
  ];
}

/** The load balancer asks a port, and gets no answer that it takes. */
async function unanswered(task: Task, { check }: PartState, { id }: LocalContainer, compose: ComposeEngine): Promise<Said> {
  const elsewhere = await listensElsewhere(task, id, compose);
  if (elsewhere) return ["does not answer the load balancer", elsewhere];
  return [
    "does not answer the load balancer's health check",
    {
      id: "health-check-path",
      cause: check === undefined ? "the answer is none that the check takes, or comes too late" : `it ${check}`,
      fix: "`healthCheck.path` in service.yaml says what is asked: name what the program answers with 200 there, and in time.",
    },
  ];
}
