export { diagnosticCodes, ManifestError, type Diagnostic, type DiagnosticCode } from "./diagnostic";
export { formatDiagnostics } from "./format";
export { loadServices, type LoadServicesArgs } from "./loadServices";
export { serviceKinds, serviceSchema, type ServiceKind, type ServiceManifest, type ServiceOverrides } from "./schema/service";
export type { EnvironmentDefaults, EnvironmentOffers, RouteSpec, ServiceSpec } from "./spec";
