import { isFargate } from "@fairlead/model";

import type { ServiceManifest } from "./schema/service";

/** Whether the service runs on Fargate, as far as a manifest says: capacity of another name is the cluster's own. */
export function onFargate({ capacityProviderStrategy }: Pick<ServiceManifest, "capacityProviderStrategy">): boolean {
  return (capacityProviderStrategy ?? []).every(({ capacityProvider }) => isFargate(capacityProvider));
}
