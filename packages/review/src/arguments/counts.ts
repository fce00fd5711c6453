import { isUnknown, lessProtected, lowered, noCapacity, type Judge } from "./judge";

export const fewerTasks = lessProtected("Fewer tasks serve: each has more to do, and fewer are left when one or its zone fails.");
export const noTasks = noCapacity("No task runs: nobody answers, and nothing is worked off.");

/** A number of tasks or instances; none is another thing than fewer. */
export const count: Judge = (change) =>
  !isUnknown(change.after) && Number(change.after ?? 0) === 0 && Number(change.before ?? 0) !== 0
    ? noTasks
    : lowered(fewerTasks, 0)(change);
