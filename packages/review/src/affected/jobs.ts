import { changedResources, type ResourceChange } from "@fairlead/changes";
import { serviceType } from "@fairlead/model";

import type { JobFact } from "./facts";
import type { Sides } from "./sides";

/** A run of a job is a resource whose inputs are what runs: where they change, it runs. */
const isRun = ({ type, after }: ResourceChange) =>
  type.startsWith("pulumi-nodejs:dynamic") && after?.inputs.timeoutMinutes !== undefined && after.inputs.taskDefinitionArn !== undefined;

/** Jobs that run in this `up`, and what runs at other times than before. */
export function jobFacts({ changes: { resources }, after, ownerOf }: Sides): JobFact[] {
  return changedResources(resources).flatMap((change): JobFact[] => {
    const of = ownerOf(change.urn);
    if (isRun(change) && change.operation !== "delete") {
      const { before = [] } = (after.get(of)?.spec ?? {}) as { before?: string[] };
      return [
        { kind: "job", of, before: before.filter((name) => after.has(name)), timeoutMinutes: Number(change.after!.inputs.timeoutMinutes) },
      ];
    }
    const schedule = scheduleChange(change);
    // A manifest's own schedule is in its service's line.
    return schedule && !change.urn.includes(serviceType) ? [{ kind: "job", of, before: [], schedule }] : [];
  });
}

const scheduled = /^aws:(scheduler\/schedule:|cloudwatch\/eventRule:|appautoscaling\/scheduledAction:)/;

function scheduleChange({ type, before, after }: ResourceChange): JobFact["schedule"] | undefined {
  if (!scheduled.test(type)) return undefined;
  const [was, is] = [before, after].map((side) => side && timeOf(side.inputs));
  return was === is ? undefined : { before: was, after: is };
}

/** Undefined where it never runs by itself. */
function timeOf({
  scheduleExpression,
  schedule,
  scheduleExpressionTimezone,
  timezone,
  state,
}: Record<string, unknown>): string | undefined {
  const time = scheduleExpression ?? schedule;
  if (typeof time !== "string" || state === "DISABLED") return undefined;
  const zone = scheduleExpressionTimezone ?? timezone;
  return typeof zone === "string" && zone !== "UTC" ? `${time} ${zone}` : time;
}
