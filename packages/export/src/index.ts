export type { Deployed, DeployedResource } from "./deployed/deployed";
export { fromPlan } from "./deployed/fromPlan";
export { fromState } from "./deployed/fromState";
export type { OpenValue } from "./deployed/openValues";
export type { Exported } from "./exported";
export { exportTaskDefinitions, type TaskDefinitionExport } from "./taskDefinition/taskDefinitionFiles";
export type { ImportBlock, LeftOut } from "./terraform/importBlocks";
export { exportTerraformImport, type TerraformExport } from "./terraform/terraformFiles";
