/** Why a task does not start, in ECS's words. */
export class TaskProblem extends Error {
  /** @param container whose `reason` says it, where it is not the task's own */
  constructor(
    reason: string,
    readonly container?: string,
  ) {
    super(reason);
  }
}
