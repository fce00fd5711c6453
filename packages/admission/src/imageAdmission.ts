import type { VulnerabilitySeverity } from "@fairlead/model";

import type { RequiredSignature } from "./signatures/requiredSignature";
import type { VulnerabilityException } from "./vulnerabilities/vulnerabilityException";

/** What images must meet in an environment before a task definition names them. What is left out is not asked for. */
export interface ImageAdmission {
  /** Registries (`public.ecr.aws`), or folders of them (`docker.io/library`), that images may come from. Any by default. */
  allowedRegistries?: readonly string[];
  /** Who must have signed which images; one that none of these is for is refused. Nobody by default. */
  requiredSignatures?: readonly RequiredSignature[];
  /**
   * What must be told of an image, in its own index as BuildKit puts it there, or attached and signed by who must have signed the image. Nothing by
   * default.
   */
  requiredAttestations?: readonly Attestation[];
  /** How bad a known vulnerability may be at most, by the registry's own scan. Anything by default. */
  maximumSeverity?: VulnerabilitySeverity;
  /** What becomes of an image that ECR has not scanned where `maximumSeverity` is set. `refuse` by default: what nobody looked at is not known to be good. */
  unscannedImages?: "refuse" | "tell";
  /**
   * What becomes of an image whose inspection says that a container of it dies as it starts. `refuse` by default: what runs then goes on. `tell` is for
   * the day on which the inspection is wrong, and `up` can't wait.
   */
  unstartableImages?: "refuse" | "tell";
  /** Vulnerabilities that are let through for a time, each with a reason. None by default. */
  vulnerabilityExceptions?: readonly VulnerabilityException[];
}

/** What can be required: a list of what is in an image (SPDX or CycloneDX), and how it was built (SLSA). */
export type Attestation = "sbom" | "provenance";
