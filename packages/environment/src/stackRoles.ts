import { rolePath } from "@fairlead/foundation";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";

/**
 * Gives every role that the stack makes the stack's own path, and the boundary where one is set: whoever deploys a stack may touch the roles of that
 * path alone. A path or a boundary of a role's own stays. Instance profiles keep AWS's path: another one would replace them, and instances that run
 * would lose their permissions with the old one.
 */
export function placeRoles({ environmentName, environmentNames, permissionsBoundaryArn }: Settings): void {
  // The stack that makes the roles to deploy with is no environment: its roles are what the others' may not touch.
  if (!environmentNames.includes(environmentName)) return;
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    if (type !== "aws:iam/role:Role") return undefined;
    const { path = rolePath(environmentName), permissionsBoundary = permissionsBoundaryArn } = props as iam.RoleArgs;
    return { props: { ...props, path, permissionsBoundary }, opts };
  });
}
