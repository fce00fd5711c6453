import type { SmokeStep } from "./model";
import { badImageSteps } from "./steps/badImage";
import { canarySteps } from "./steps/canary";
import { crashSteps } from "./steps/crash";
import { destroySteps } from "./steps/destroy";
import { restoreSteps } from "./steps/restore";
import { retirementSteps } from "./steps/retirement";
import { rollbackSteps } from "./steps/rollback";
import { upSteps } from "./steps/up";

/** What happens on the day, in its order. */
export const steps: readonly SmokeStep[] = [
  ...upSteps,
  ...badImageSteps,
  ...crashSteps,
  ...canarySteps,
  ...rollbackSteps,
  ...retirementSteps,
  ...restoreSteps,
  ...destroySteps,
];
