export { ManifestError, type Diagnostic } from "./diagnostic";
export { formatDiagnostics } from "./format";
export type { GuardRails, SetGuardRails } from "./guardRails";
export { loadServices, type LoadServicesArgs, type ReadService } from "./loadServices";
export { originsOf, type Origin } from "./origins";
export { manifestPage } from "./page";
export { hasKey } from "./rules/kinds";
export { serviceKinds, serviceSchema, type ServiceKind, type ServiceManifest, type ServiceOverrides } from "./schema/service";
export type { EnvironmentDefaults, EnvironmentOffers, RouteSpec, ServiceSpec } from "./spec";
