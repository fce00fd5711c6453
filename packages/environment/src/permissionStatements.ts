import type { Statement } from "@fairlead/foundation";
import type { ServiceSpec } from "@fairlead/manifest";

/** The statements of a task role that a manifest's `permissions` ask for. */
export function permissionStatements(permissions: ServiceSpec["permissions"] = []): Statement[] {
  return permissions.map(({ actions, resources, conditions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(conditions && { Condition: conditions }),
  }));
}
