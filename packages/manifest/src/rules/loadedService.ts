import type { ManifestSource } from "../manifestSource";
import type { ServiceManifest } from "../schema/service";
import type { ServiceSpec } from "../spec";
import type { Locate } from "./rule";

/** One manifest; without a spec where it has problems of its own. */
export interface LoadedService {
  source: ManifestSource;
  name?: string;
  manifest?: Omit<ServiceManifest, "environments">;
  spec?: ServiceSpec;
  locate?: Locate;
}
