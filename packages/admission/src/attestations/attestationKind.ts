import type { Attestation } from "../imageAdmission";

/**
 * What kind of attestation a statement is; undefined for another kind, and for one of these that says nothing.
 *
 * @see https://github.com/in-toto/attestation/tree/main/spec/predicates
 */
export function attestationKind(predicateType: string, predicate: unknown): Attestation | undefined {
  const said = predicate !== null && typeof predicate === "object" ? (predicate as Record<string, unknown>) : {};
  if (/^https:\/\/spdx\.dev\/Document(\/|$)/.test(predicateType)) return typeof said.spdxVersion === "string" ? "sbom" : undefined;
  if (/^https:\/\/cyclonedx\.org\/bom(\/|$)/.test(predicateType)) return said.bomFormat === "CycloneDX" ? "sbom" : undefined;
  if (/^https:\/\/slsa\.dev\/provenance\/v/.test(predicateType))
    return said.buildType !== undefined || said.buildDefinition !== undefined ? "provenance" : undefined;
  return undefined;
}
