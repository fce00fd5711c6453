import { dataLoss, interruption, losesData, routine, type TypeSheets } from "./sheet";

/** Roles, keys and secrets. */
export const identity: TypeSheets = {
  "aws:iam/role:Role": {
    noun: "IAM role",
    replaced: interruption("Another ARN: what names the old one and is not changed with it is refused."),
    deleted: interruption("Whatever assumes it is refused."),
    replacedBy: [],
    taggable: true,
    pricing: "free",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    noun: "IAM role policy",
    replaced: routine("Put on the new role before anything assumes it."),
    deleted: interruption("What it allows is refused."),
    partOf: "role",
    replacedBy: ["role"],
    taggable: false,
    pricing: "free",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    noun: "IAM policy attachment",
    replaced: routine("The new one is attached first."),
    deleted: interruption("What the policy allows is refused."),
    partOf: "role",
    replacedBy: ["policyArn", "role"],
    taggable: false,
    pricing: "free",
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    noun: "instance profile",
    replaced: interruption("Instances that run keep the old one, and have no permissions once it is gone."),
    deleted: interruption("Its instances have no permissions, and new ones can't start."),
    replacedBy: [],
    taggable: true,
    pricing: "free",
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    noun: "OpenID Connect provider",
    replaced: interruption("Workflows can't assume any role until the roles trust the new one."),
    deleted: interruption("Workflows can't assume any role that trusts it."),
    replacedBy: ["url"],
    taggable: true,
    pricing: "free",
  },
  "aws:kms/key:Key": {
    noun: "KMS key",
    replaced: dataLoss("A new key. After the waiting period of the old one, what it encrypted can't be read any more."),
    deleted: dataLoss("After its waiting period, what it encrypted can't be read any more."),
    replacedBy: [],
    taggable: true,
    pricing: "estimated",
  },
  "aws:kms/alias:Alias": {
    noun: "KMS alias",
    replaced: interruption("What names the key by the old alias is refused."),
    deleted: interruption("What names the key by its alias is refused."),
    partOf: "targetKeyId",
    replacedBy: ["name"],
    taggable: false,
    pricing: "free",
  },
  "aws:secretsmanager/secret:Secret": {
    noun: "secret",
    replaced: losesData("secret").replaced,
    deleted: dataLoss(
      "Tasks that need it don't start. It can be restored until its recovery window ends, 30 days by default, and not after.",
    ),
    replacedBy: ["name"],
    taggable: true,
    pricing: "estimated",
  },
};
