import type { Task } from "@fairlead/local";
import { fargateSizeWith } from "@fairlead/model";

import type { LocalContainer } from "./containers";

type Ended = Pick<LocalContainer, "container" | "exitCode" | "outOfMemory">;

/** A container that was killed: by the limit that it came to, and the key that raises it. Undefined of what has no limit. */
export function outOfMemory(
  { container, exitCode, outOfMemory: isSaid }: Ended,
  task: Task | undefined,
): { id: string; cause: string; fix: string } | undefined {
  if (!task || exitCode === 0 || (!isSaid && exitCode !== 137)) return undefined;
  const own = task.containers.find(({ name }) => name === container)?.memory;
  const limit = own ?? task.memoryMiB;
  if (limit === undefined) return undefined;
  const key = own === undefined || container === task.name ? "memoryMiB" : `sidecars.${container}.memoryMiB`;
  const raise = `Raise ${key} in service.yaml${own === undefined ? ofTask(task, limit) : ofContainer(task, own)}, or find what the program keeps.`;
  if (isSaid)
    return {
      id: own === undefined ? "out-of-memory-task" : "out-of-memory-container",
      cause: `it needed more than the ${limit} MiB of memory that ${key} gives it`,
      fix: raise,
    };
  return {
    id: "killed",
    cause: `it was killed: it needed more than the ${limit} MiB of memory that ${key} gives it, or did not end within the stop timeout`,
    fix: `${raise} Where memory is not why: let it end on SIGTERM, or raise stopTimeoutSeconds.`,
  };
}

function ofTask({ isOnFargate, cpu }: Task, limit: number): string {
  if (!isOnFargate || cpu === undefined) return `, such as to ${limit * 2}`;
  const size = fargateSizeWith(limit * 2, cpu);
  if (!size) return "";
  return `, such as to ${size.memoryMiB}${size.cpu === cpu ? "" : `, and cpu to ${size.cpu}`}`;
}

const ofContainer = ({ memoryMiB = Infinity }: Task, own: number) =>
  own * 2 < memoryMiB ? `, such as to ${own * 2}` : `, and memoryMiB, the ${memoryMiB} of the whole task, with it`;
