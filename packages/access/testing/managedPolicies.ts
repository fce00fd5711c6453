import type { PolicyDocument } from "./allows";

/** What the policies that AWS keeps say, of those that a role here has and that have to be judged. */
export const managedPolicies = {
  /** Version 12. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html */
  PowerUserAccess: {
    Statement: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      {
        Effect: "Allow",
        Action: [
          "account:GetAccountInformation",
          "account:GetGovCloudAccountInformation",
          "account:GetPrimaryEmail",
          "account:ListRegions",
          "iam:CreateServiceLinkedRole",
          "iam:DeleteServiceLinkedRole",
          "iam:ListRoles",
          "organizations:DescribeEffectivePolicy",
          "organizations:DescribeOrganization",
        ],
        Resource: "*",
      },
    ],
  },
} satisfies Record<string, PolicyDocument>;
