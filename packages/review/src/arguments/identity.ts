import {
  alsoNew,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  lowered,
  noCapacity,
  raised,
  turnedOff,
  turnedOn,
  unknown,
  whenever,
  type Judges,
} from "./judge";

/** Roles, keys and secrets. What policies let who do is compared by itself: `openings`. */
export const identity: Readonly<Record<string, Judges>> = {
  "aws:iam/role:Role": {
    ...harmlessOnes("tags description forceDetachPolicies"),
    maxSessionDuration: raised(lessProtected("Credentials that were taken hold for longer.")),
    permissionsBoundary: ({ after }) =>
      lessProtected(after === undefined ? "Nothing but its policies limits what it may do." : "Another policy limits what it may do."),
    managedPolicyArns: whenever(lessProtected("Other policies say what it may do.")),
  },
  "aws:iam/rolePolicy:RolePolicy": {},
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {},
  "aws:iam/policy:Policy": { ...harmlessOnes("tags description delayAfterPolicyCreationInMs") },
  "aws:iam/instanceProfile:InstanceProfile": {
    tags: harmless,
    role: whenever(interrupts("Its instances have another role's permissions.")),
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    ...harmlessOnes("tags thumbprintLists"),
    clientIdLists: whenever(lessProtected("Tokens for others are trusted as well, or those of some no longer.")),
  },
  "aws:kms/key:Key": {
    ...harmlessOnes("tags description"),
    rotationPeriodInDays: raised(lessProtected("It is rotated less often."), 365),
    deletionWindowInDays: lowered(lessProtected("Less time is left to take back its deletion.")),
    enableKeyRotation: turnedOff(lessProtected("It is no longer rotated.")),
    isEnabled: turnedOff(noCapacity("What it encrypted can't be read until it is on again: whatever needs that fails.")),
    bypassPolicyLockoutSafetyCheck: harmless,
  },
  "aws:kms/alias:Alias": { targetKeyId: whenever(interrupts("What names the key by its alias uses another one from then on.")) },
  "aws:secretsmanager/secret:Secret": {
    ...harmlessOnes("tags description"),
    forceOverwriteReplicaSecret: turnedOn(lessProtected("A secret of its name in another region is overwritten.")),
    kmsKeyId: whenever(interrupts("It is encrypted with another key: whoever may not use that can't read it.")),
    recoveryWindowInDays: lowered(lessProtected("Less time is left to take back its deletion; at 0 none.")),
    replicas: loses(interrupts("It is gone from a region.")),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    ...Object.fromEntries(
      ["secretString", "secretBinary", "secretStringWo", "secretStringWoVersion"].map((name) => [
        name,
        alsoNew(unknown("Tasks read another value from their next start on.")),
      ]),
    ),
    versionStages: whenever(unknown("Tasks read another value from their next start on.")),
  },
  "aws:ssm/parameter:Parameter": {
    ...harmlessOnes("tags description tier allowedPattern arn dataType"),
    ...Object.fromEntries(
      ["value", "insecureValue", "valueWo", "valueWoVersion"].map((name) => [
        name,
        whenever(unknown("Tasks read another value from their next start on.")),
      ]),
    ),
    overwrite: ({ after, isNew }) =>
      isNew && after === true ? unknown("It takes the place of a parameter of that name that is there, with its value.") : undefined,
    type: ({ after, isNew }) =>
      isNew
        ? undefined
        : after === "SecureString"
          ? interrupts("Who may not decrypt it can't read it.")
          : lessProtected("It is no longer encrypted."),
    keyId: whenever(interrupts("It is encrypted with another key: whoever may not use that can't read it.")),
  },
};
