import type { Attestation, ImageAdmission } from "@fairlead/admission";
import { isRegistryPrefix, vulnerabilitySeverities } from "@fairlead/model";
import type { AdmissionArgs, Repository } from "@fairlead/registry";

import { readRequiredSignature, requiredSignaturesForm } from "./requiredSignatures";
import type { RefuseEntry, StackConfiguration } from "./stackConfiguration";
import { vulnerabilityExceptions, type DeclaredException } from "./vulnerabilityExceptions";

/** Keys of a stack's configuration that say what images must meet. */
export const admissionKeys = [
  "allowedRegistries",
  "requiredSignatures",
  "requiredAttestations",
  "maximumSeverity",
  "unscannedImages",
  "unstartableImages",
] as const;

/** What an environment requires, with exceptions of all its services. */
export type EnvironmentAdmission = Omit<ImageAdmission, "vulnerabilityExceptions"> & {
  vulnerabilityExceptions?: readonly DeclaredException[];
};

/**
 * What the configuration of a stack requires of images; undefined where it says nothing of it, so that nothing is required.
 *
 * @param stacks folder of the stacks' configuration
 * @throws UserError with what is wrong with the exceptions
 */
export function readAdmission(
  configuration: StackConfiguration<(typeof admissionKeys)[number]>,
  stacks: string,
  stack: string,
): EnvironmentAdmission | undefined {
  const maximumSeverity = configuration.optionalOneOf("maximumSeverity", vulnerabilitySeverities);
  // What is wrong with the file is told although nothing is excepted from.
  const declared = vulnerabilityExceptions(stacks, stack);
  const exceptions = maximumSeverity === undefined ? [] : declared;
  const admission: EnvironmentAdmission = {
    allowedRegistries: configuration.list("allowedRegistries", registries, registry),
    requiredSignatures: configuration.list("requiredSignatures", requiredSignaturesForm, readRequiredSignature(stacks)),
    requiredAttestations: configuration.list("requiredAttestations", `a list of ${attestations.join(", ")}`, attestation),
    maximumSeverity,
    unscannedImages: configuration.optionalOneOf("unscannedImages", ["refuse", "tell"]),
    unstartableImages: configuration.optionalOneOf("unstartableImages", ["refuse", "tell"]),
    vulnerabilityExceptions: exceptions.length > 0 ? exceptions : undefined,
  };
  const required = Object.fromEntries(Object.entries(admission).filter(([, value]) => value !== undefined));
  return Object.keys(required).length > 0 ? required : undefined;
}

const registries = 'a list of registries, or of whole folders of them: ["public.ecr.aws", "docker.io/library"]';

function registry(entry: unknown, refuse: RefuseEntry): string | undefined {
  if (typeof entry === "string" && isRegistryPrefix(entry)) return entry;
  return void refuse(
    `has ${JSON.stringify(entry)}`,
    registries,
    "Write a host, or a host and whole folders, in lower case and without patterns.",
  );
}

const attestations: readonly Attestation[] = ["sbom", "provenance"];

function attestation(entry: unknown, refuse: RefuseEntry): Attestation | undefined {
  if ((attestations as readonly unknown[]).includes(entry)) return entry as Attestation;
  return void refuse(`has ${JSON.stringify(entry)}`, attestations.join(", "), "Write one of them.");
}

/**
 * The same for one service, with the exceptions that are for it.
 *
 * @param repository its own, of what the environment built or took over; none where others build its image
 */
export function admissionArgs(
  { admission }: { admission?: EnvironmentAdmission },
  service: string,
  repository?: Repository,
): AdmissionArgs | undefined {
  if (admission === undefined) return undefined;
  const { allowedRegistries, vulnerabilityExceptions: all = [], ...rest } = admission;
  const own = all.filter((each) => each.service === "*" || each.service === service);
  return {
    ...rest,
    ...(allowedRegistries && { allowedRegistries: [...allowedRegistries, ...(repository ? [repository.url] : [])] }),
    ...(own.length > 0 && {
      vulnerabilityExceptions: own.map(({ vulnerability, reason, by, until }) => ({ vulnerability, reason, by, until })),
    }),
  };
}
