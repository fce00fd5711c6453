// First: everything below loads the SDK.
import "./lazySdk";

export { embeddedPlan, type EmbeddedPlanArgs } from "./embeddedPlan";
export type { OutputReference, Plan, PlanOptions, PlanResource } from "./model";
export { isReference, referencesIn } from "./outputReference";
export { redacted } from "./secrets";
export { matchesPattern } from "./resourcePattern";
