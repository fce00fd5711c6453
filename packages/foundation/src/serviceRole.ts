import { autoNamed } from "@fairlead/model";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import { assumedBy, policyDocument, type Statement } from "./policyDocument";

/** AWS services that roles here are for. Whoever deploys must be allowed to pass them one. */
export const roleServices = [
  "ecs-tasks.amazonaws.com",
  "ecs.amazonaws.com",
  "ec2.amazonaws.com",
  "scheduler.amazonaws.com",
  "states.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "ecr.amazonaws.com",
] as const;

/** Where the roles of a stack are: whoever deploys the stack may touch these, and no others. */
export function rolePath(stack: string): string {
  return `/fairlead/${stack}/`;
}

/** What a role may do. */
export interface RolePermissions {
  description: string;
  /** Nothing by default. */
  statements?: Statement[];
  /** Policies that AWS keeps, by their names below `arn:aws:iam::aws:policy/`. None by default. */
  managedPolicies?: string[];
}

/** A role for an AWS service. */
export interface ServiceRoleArgs extends RolePermissions {
  /** Who assumes it. */
  service: (typeof roleServices)[number];
}

/** A role for whomever its trust policy names. */
export interface TrustingRoleArgs extends RolePermissions {
  /** JSON of the trust policy. */
  assumeRolePolicy: pulumi.Input<string>;
  /** Seconds that a session may last; 3600 to 43200. AWS's own default is 3600. */
  maxSessionDuration?: number;
  /** Changes the role's arguments just before it is created. */
  transform?: (args: iam.RoleArgs) => iam.RoleArgs;
}

/** A role, and what must exist before it may do what it is for. */
export interface RoleWithPolicies {
  role: iam.Role;
  policies: pulumi.Resource[];
}

/** A role that one AWS service assumes, with its permissions. */
export function serviceRole(name: string, { service, ...args }: ServiceRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  return trustingRole(name, { ...args, assumeRolePolicy: assumedBy(service) }, options);
}

/** A role with its permissions. */
export function trustingRole(name: string, args: TrustingRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  const roleName = autoNamed(name, "role");
  const { assumeRolePolicy, description, maxSessionDuration, statements = [], managedPolicies = [] } = args;
  const base: iam.RoleArgs = { assumeRolePolicy, description, maxSessionDuration };
  const role = new iam.Role(roleName, args.transform?.(base) ?? base, options);
  const own = statements.length > 0 ? [new iam.RolePolicy(roleName, { role: role.id, policy: policyDocument(statements) }, options)] : [];
  const attached = managedPolicies.map((policy) => {
    const attachment = { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` };
    return new iam.RolePolicyAttachment(`${roleName}-${policy.split("/").at(-1)!}`, attachment, options);
  });
  return { role, policies: [...own, ...attached] };
}
