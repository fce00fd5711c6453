import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";

const waysOf = ({ SuspendedState = {} }: ScalableTarget) =>
  [SuspendedState.DynamicScalingInSuspended, SuspendedState.DynamicScalingOutSuspended, SuspendedState.ScheduledScalingSuspended].map(
    (suspended) => suspended === true,
  );

/** Whether scaling is kept from changing the count in any of its ways. */
export const isSuspended = (target: ScalableTarget) => waysOf(target).includes(true);

/** Whether scaling changes the count no more, in none of its ways. */
export const isFullySuspended = (target: ScalableTarget) => !waysOf(target).includes(false);
