import { autoNamed } from "@fairlead/model";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import { assumedBy, policyDocument, type Statement } from "./policyDocument";

/** A role for an AWS service. */
export interface ServiceRoleArgs {
  /** Who assumes it, such as `ecs-tasks.amazonaws.com`. */
  service: string;
  description: string;
  /** What it may do. Nothing by default. */
  statements?: Statement[];
  /** Policies that AWS keeps, by their names below `arn:aws:iam::aws:policy/`. None by default. */
  managedPolicies?: string[];
}

/** A role, and what must exist before it may do what it is for. */
export interface RoleWithPolicies {
  role: iam.Role;
  policies: pulumi.Resource[];
}

/** A role that one AWS service assumes, with its permissions. */
export function serviceRole(name: string, args: ServiceRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  const roleName = autoNamed(name, "role");
  const role = new iam.Role(roleName, { assumeRolePolicy: assumedBy(args.service), description: args.description }, options);
  const { statements = [], managedPolicies = [] } = args;
  const own = statements.length > 0 ? [new iam.RolePolicy(roleName, { role: role.id, policy: policyDocument(statements) }, options)] : [];
  const attached = managedPolicies.map((policy) => {
    const attachment = { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` };
    return new iam.RolePolicyAttachment(`${roleName}-${policy.split("/").at(-1)!}`, attachment, options);
  });
  return { role, policies: [...own, ...attached] };
}
