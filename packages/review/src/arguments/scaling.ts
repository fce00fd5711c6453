import { fewerTasks, noTasks } from "./counts";
import {
  harmlessOnes,
  asList,
  cantTell,
  harmless,
  interrupts,
  isUnknown,
  lessProtected,
  lowered,
  members,
  noCapacity,
  raised,
  unknown,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** At which times there may be no task. */
const otherTimes: Judge = ({ is, isNew }) => {
  const { minCapacity, maxCapacity } = (is.inputs.scalableTargetAction ?? {}) as { minCapacity?: unknown; maxCapacity?: unknown };
  const mayEndAll = [minCapacity, maxCapacity].some((capacity) => capacity !== undefined && !(Number(capacity) > 0));
  return mayEndAll && !isNew ? interrupts("At other times than before no task may run.") : undefined;
};

/** Steps by which tasks are started and ended. @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html */
const steps: Judge = ({ after, isNew }) => {
  const { adjustmentType, stepAdjustments } = (after ?? {}) as { adjustmentType?: unknown; stepAdjustments?: unknown };
  if (isUnknown(after)) return cantTell;
  const adjusts = asList(stepAdjustments).map((item) => Number((item as { scalingAdjustment?: unknown }).scalingAdjustment));
  const endsAll =
    adjustmentType === "PercentChangeInCapacity"
      ? adjusts.some((by) => by <= -100)
      : adjustmentType === "ExactCapacity" && adjusts.includes(0);
  if (endsAll) return noCapacity("A step of it ends all tasks: as many are left as the target's least capacity says.");
  return isNew ? undefined : unknown("Tasks are started and ended by other steps.");
};

/** What scales services. */
export const scaling: Readonly<Record<string, Judges>> = {
  "aws:appautoscaling/target:Target": {
    tags: harmless,
    minCapacity: (change) =>
      !isUnknown(change.after) && Number(change.after) === 0 && Number(change.before ?? 0) !== 0
        ? interrupts("It may be scaled in to no task at all.")
        : lowered(fewerTasks, 0)(change),
    roleArn: harmless,
    maxCapacity: (change) => {
      if (Number(change.after) === 0) return noTasks;
      const runs = change.isNew ? change.of?.inputs.desiredCount : undefined;
      return lowered(lessProtected(runs === undefined ? "Under load fewer tasks start than before." : "Fewer tasks serve than before."))(
        runs === undefined ? change : { ...change, before: runs, isNew: false },
      );
    },
    suspendedState: whenever(lessProtected("Scaling is suspended, or goes on, otherwise than before.")),
  },
  "aws:appautoscaling/policy:Policy": {
    ...harmlessOnes("policyType"),
    targetTrackingScalingPolicyConfiguration: members({
      ...harmlessOnes("scaleInCooldown scaleOutCooldown"),
      targetValue: raised(lessProtected("More tasks start later than before: at a higher load.")),
      disableScaleIn: harmless,
      predefinedMetricSpecification: whenever(lessProtected("Another measure decides how many tasks run.")),
      customizedMetricSpecification: whenever(lessProtected("Another measure decides how many tasks run.")),
    }),
    stepScalingPolicyConfiguration: steps,
    predictiveScalingPolicyConfiguration: whenever(unknown("Tasks are started and ended by another forecast.")),
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    ...{ schedule: otherTimes, timezone: otherTimes, startTime: otherTimes, endTime: otherTimes },
    scalableTargetAction: (change) => {
      const limits = (value: unknown) => (value ?? {}) as { minCapacity?: unknown; maxCapacity?: unknown };
      const [was, is] = [limits(change.before), limits(change.after)];
      if (isUnknown(is)) return cantTell;
      if (is.maxCapacity !== undefined && Number(is.maxCapacity) === 0) return noCapacity("At its times no task runs: nobody answers.");
      if (is.minCapacity !== undefined && Number(is.minCapacity) === 0) return interrupts("At its times no task may run.");
      const fewer = (["minCapacity", "maxCapacity"] as const).some(
        (key) => is[key] !== undefined && was[key] !== undefined && Number(is[key]) < Number(was[key]),
      );
      return fewer ? lessProtected("At its times fewer tasks run than before, or fewer may.") : undefined;
    },
  },
};
