export { serviceSchema } from "./compiledSchema";
export type { Diagnostic } from "./diagnostic";
export type { GuardRails, SetGuardRails } from "./guardRails";
export { loadServices, type LoadServicesArgs, type ReadService } from "./loadServices";
export { originsOf, type Origin } from "./origins";
export { manifestPage } from "./page";
export { hasKey } from "./rules/kinds";
export type { ServiceKind, ServiceManifest, ServiceOverrides } from "./schema/service";
export type { EnvironmentDefaults, EnvironmentOffers, RouteSpec, ServiceSpec } from "./spec";
