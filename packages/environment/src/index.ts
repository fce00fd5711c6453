export { deployServices, type DeployedServices } from "./deployServices";
export { stackProgram, type Composition } from "./program";
export { Service } from "./service";
export type { EnvironmentResources, ServiceArgs } from "./serviceArgs";
export { servicesOf, type ServicesOfArgs } from "./servicesOf";
export { requireCertificateArn, type ProgramHooks, type ProjectFolders, type Settings } from "./settings";
