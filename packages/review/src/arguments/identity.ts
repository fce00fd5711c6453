import { permissionsIn } from "../openings/statements";
import {
  asList,
  harmless,
  harmlessOnes,
  interrupts,
  itemsBeyond,
  lessProtected,
  loses,
  lowered,
  raised,
  turnedOff,
  unknown,
  whenever,
  type Judges,
} from "./judge";

/** Roles, keys and secrets. What policies let who do is compared by itself: `openings`. */
export const identity: Readonly<Record<string, Judges>> = {
  "aws:iam/role:Role": {
    ...harmlessOnes("tags description forceDetachPolicies assumeRolePolicy"),
    maxSessionDuration: raised(lessProtected("Credentials that were taken hold for longer."), 3600),
    permissionsBoundary: ({ after }) =>
      lessProtected(after === undefined ? "Nothing but its policies limits what it may do." : "Another policy limits what it may do."),
    managedPolicyArns: whenever(lessProtected("Other policies say what it may do.")),
    inlinePolicies: ({ before, after }) => {
      const all = (value: unknown) => asList(value).flatMap((item) => permissionsIn((item as { policy?: unknown }).policy) ?? [item]);
      return itemsBeyond(all(after), all(before)).length > 0
        ? lessProtected("It may do more than before.")
        : itemsBeyond(all(before), all(after)).length > 0
          ? interrupts("It may do less than before.")
          : undefined;
    },
  },
  "aws:iam/rolePolicy:RolePolicy": { policy: harmless },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {},
  "aws:iam/policy:Policy": { ...harmlessOnes("tags policy description") },
  "aws:iam/instanceProfile:InstanceProfile": {
    tags: harmless,
    role: whenever(interrupts("Its instances have another role's permissions.")),
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    ...harmlessOnes("tags thumbprintLists"),
    clientIdLists: whenever(lessProtected("Tokens for others are trusted as well, or those of some no longer.")),
  },
  "aws:kms/key:Key": {
    ...harmlessOnes("tags description policy rotationPeriodInDays"),
    deletionWindowInDays: lowered(lessProtected("Less time is left to take back its deletion."), 30),
    enableKeyRotation: turnedOff(lessProtected("It is no longer rotated.")),
    isEnabled: turnedOff({ severity: "dataLoss", text: "What it encrypted can't be read until it is on again." }, true),
    bypassPolicyLockoutSafetyCheck: harmless,
  },
  "aws:kms/alias:Alias": { targetKeyId: whenever(interrupts("What names the key by its alias uses another one from then on.")) },
  "aws:secretsmanager/secret:Secret": {
    ...harmlessOnes("tags description forceOverwriteReplicaSecret"),
    kmsKeyId: whenever(interrupts("It is encrypted with another key: whoever may not use that can't read it.")),
    recoveryWindowInDays: lowered(lessProtected("Less time is left to take back its deletion; at 0 none."), 30),
    policy: harmless,
    replicas: loses(interrupts("It is gone from a region.")),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    secretString: whenever(unknown("Tasks read another value from their next start on.")),
    versionStages: whenever(unknown("Tasks read another value from their next start on.")),
  },
  "aws:ssm/parameter:Parameter": {
    ...harmlessOnes("tags description tier"),
    value: whenever(unknown("Tasks read another value from their next start on.")),
  },
};
