export { diagnosticCodes, ManifestError, type Diagnostic, type DiagnosticCode } from "./diagnostic";
export { formatDiagnostics } from "./format";
export { loadServices, type LoadServicesArgs } from "./loadServices";
export { serviceSchema, type ServiceManifest, type ServiceOverrides } from "./schema";
export type { EnvironmentDefaults, ServiceSpec } from "./spec";
