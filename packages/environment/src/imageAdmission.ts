import type { ImageAdmission } from "@fairlead/admission";
import { isRegistryPrefix } from "@fairlead/model";
import type { AdmissionArgs, Repository } from "@fairlead/registry";

import type { Settings } from "./settings";
import type { RefuseEntry, StackConfiguration } from "./stackConfiguration";

/** Keys of a stack's configuration that say what images must meet. */
export const admissionKeys = ["allowedRegistries"] as const;

/** What the configuration of a stack requires of images; undefined where it says nothing of it, so that nothing is required. */
export function readAdmission(configuration: StackConfiguration<(typeof admissionKeys)[number]>): ImageAdmission | undefined {
  const admission: ImageAdmission = { allowedRegistries: configuration.list("allowedRegistries", registries, registry) };
  return Object.values(admission).some((value) => value !== undefined) ? admission : undefined;
}

const registries = 'a list of registries, or of whole folders of them: ["public.ecr.aws", "docker.io/library"]';

function registry(entry: unknown, refuse: RefuseEntry): string | undefined {
  if (typeof entry === "string" && isRegistryPrefix(entry)) return entry;
  refuse(`has ${JSON.stringify(entry)}`, registries, "Write a host, or a host and whole folders, in lower case and without patterns.");
  return undefined;
}

/** The same for one service, whose own repository holds what the environment built or took over. */
export function admissionArgs({ admission }: Settings, repository: Repository): AdmissionArgs | undefined {
  if (admission === undefined) return undefined;
  const { allowedRegistries, ...rest } = admission;
  return { ...rest, ...(allowedRegistries && { allowedRegistries: [...allowedRegistries, repository.url] }) };
}
