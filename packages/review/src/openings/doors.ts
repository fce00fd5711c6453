import type { ChangeSet } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { asList } from "../arguments/judge";
import { severityOf } from "./audience";
import { documentIn, type Permission, type ProviderHost } from "./statements";
import { short, textOf } from "./wording";

/** Roles that others may take than the stack's own account, and what these get by them. */
export interface Doors {
  /** What a role gives on what is there already. */
  rightsOf: (role: string) => string[];
  /** Who beside the stack's own account has what a role's policy gives, where that is something on what is there already; undefined where nobody. */
  throughPolicy: (policy: PlanResource, rights: readonly Permission[]) => string | undefined;
  /** The same of policies that a role gets by their ARN. */
  throughAttached: (resource: PlanResource, arns: readonly unknown[]) => string | undefined;
}

const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";

/**
 * @param own the accounts that the stack works in
 * @param created what is made in the same change: it has nothing yet
 */
export function doorsOf(
  { after: { resources } }: ChangeSet,
  own: ReadonlySet<string>,
  hostOf: ProviderHost,
  created: ReadonlySet<string>,
): Doors {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const counts = (permission: Permission) => isRight(permission) && !isOnNew(permission, created);
  const permissionsIn = (policy: unknown) => documentIn(policy, hostOf)?.permissions ?? [];

  /** Of a policy that may be attached to several, all of them. */
  const rolesOf = (resource: PlanResource): PlanResource[] => {
    if (resource.type === roleType) return [resource];
    if (resource.type !== policyType) return (resource.propertyDependencies.role ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
    const names = ({ propertyDependencies: { policyArn = [], managedPolicyArns = [] } }: PlanResource) =>
      [...policyArn, ...managedPolicyArns].includes(resource.urn);
    return resources.filter((other) => other.type !== policyType && names(other)).flatMap(rolesOf);
  };
  const othersOf = (resource: PlanResource) => {
    const trusted = rolesOf(resource)
      .flatMap(({ inputs }) => permissionsIn(inputs.assumeRolePolicy))
      .filter((permission) => permission.effect === "Allow" && severityOf(permission, "assumeRolePolicy", own) === "opened");
    return trusted.length > 0 ? firstFew([...new Set(trusted.map(({ principal }) => short(principal)))], 3) : undefined;
  };

  /** Rights by policies that something names: those of the plan by what they say, AWS's by their name. */
  const rightsByArn = (arns: readonly unknown[]) =>
    arns.flatMap((arn) => {
      const [reference] = referencesIn(arn);
      if (!reference) return typeof arn === "string" && !tellsOnly.test(arn) ? [arn] : [];
      return permissionsIn(byUrn.get(reference.urn)?.inputs.policy).filter(counts).map(textOf);
    });

  return {
    rightsOf: (role) => {
      const held = resources.filter(({ urn, type, propertyDependencies }) =>
        urn === role ? type === roleType : propertyDependencies.role?.includes(role) && givesToRole.test(type),
      );
      return held.flatMap(({ inputs }) => [
        ...[...permissionsIn(inputs.policy), ...permissionsIn(inputs.inlinePolicies)].filter(counts).map(textOf),
        ...rightsByArn([...asList(inputs.managedPolicyArns), ...asList(inputs.policyArn)]),
      ]);
    },
    throughPolicy: (policy, rights) => (rights.some(counts) ? othersOf(policy) : undefined),
    throughAttached: (resource, arns) => (rightsByArn(arns).length > 0 ? othersOf(resource) : undefined),
  };
}

const givesToRole = /^aws:iam\/(rolePolicy|rolePolicyAttachment):/;

/** Policies of AWS's by which nobody sees more than what there is, and how it does. */
const tellsOnly =
  /\/(SecurityAudit|ViewOnlyAccess|CloudWatch(Logs)?ReadOnlyAccess|AWSXrayReadOnlyAccess|Billing|AWSBillingReadOnlyAccess)$/;
const tells = /^([\w-]+:(describe|list)\w*\*?|(cloudwatch|xray|tag|health|ce|pricing|servicequotas|support):.*|sts:getcalleridentity)$/i;

/** Whether it is more than to see what there is, and how it does. */
const isRight = ({ effect, action }: Permission) => effect === "Allow" && !tells.test(action);

function isOnNew({ resource }: Permission, created: ReadonlySet<string>): boolean {
  const urns = referencesIn(resource).map(({ urn }) => urn);
  return urns.length > 0 && urns.every((urn) => created.has(urn));
}
