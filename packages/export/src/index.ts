export type { Deployed } from "./deployed/deployed";
export { fromPlan } from "./deployed/fromPlan";
export { fromState } from "./deployed/fromState";
export type { OpenValue } from "./deployed/openValues";
export { exportTaskDefinitions } from "./taskDefinition/taskDefinitionFiles";
export { exportTerraformImport } from "./terraform/terraformFiles";
