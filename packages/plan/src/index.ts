import type { EmbeddedPlanArgs } from "./embeddedPlan";
import type { Plan } from "./model";

export type { EmbeddedPlanArgs };
export type { OutputReference, Plan, PlanOptions, PlanResource } from "./model";
export { expandAwsxVpc } from "./awsxVpc/expandAwsxVpc";
export { exampleAccountId, invokeTokens } from "./invokes";
export { isReference, referencesIn, toModelValue } from "./outputReference";
export { inSaidAccount } from "./exampleAccount";
export { placeOf, type Place } from "./project/place";
export { planOfStack, type PlanOfStackOptions } from "./project/planOfStack";
export { configFolderOf, defaultStack, readProject, rootOf, stacksOf, type Project } from "./project/project";
export { providerUrn } from "./providerUrn";
export { readOutputs } from "./readOutputs";
export { matchesPattern } from "./resourcePattern";
export { packageOf } from "./usualVersions";
export { comparableSecrets, holdsSecret, isSecret, redacted, withoutMarks } from "./secrets";
export { signatureKey, unknownValue } from "./wireFormat";

/** As `./embeddedPlan`: the SDK, which takes longest to load, comes with the first plan. */
export async function embeddedPlan(args: EmbeddedPlanArgs): Promise<Plan> {
  const sdk = await import("./embeddedPlan");
  return sdk.embeddedPlan(args);
}
