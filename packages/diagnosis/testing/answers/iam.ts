import type * as iam from "@aws-sdk/client-iam";

import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export const iamAnswers = {
  GetRole({ RoleName = "" }: iam.GetRoleRequest, { state, accountId, clock }: AnsweringAccount): iam.GetRoleResponse {
    if (!state.roles.includes(RoleName)) throw new Refusal("NoSuchEntity", `The role with name ${RoleName} cannot be found.`, 404);
    const Arn = `arn:aws:iam::${accountId}:role/${RoleName}`;
    return { Role: { RoleName, Arn, Path: "/", RoleId: "AROAEXAMPLE", CreateDate: clock.ago(86_400) } };
  },

  SimulatePrincipalPolicy(input: iam.SimulatePrincipalPolicyRequest, { state }: AnsweringAccount): iam.SimulatePolicyResponse {
    const { PolicySourceArn: roleArn = "", ActionNames = [], ResourceArns = ["*"] } = input;
    if (!state.roles.includes(roleArn.split("/").pop()!)) {
      throw new Refusal("NoSuchEntity", `The role with name ${roleArn.split("/").pop()} cannot be found.`, 404);
    }
    const EvaluationResults = ActionNames.flatMap((action) =>
      ResourceArns.map((resource): iam.EvaluationResult => {
        const denied = state.decisions.find(
          (each) => each.roleArn === roleArn && each.action === action && (each.resource === undefined || each.resource === resource),
        );
        return { EvalActionName: action, EvalResourceName: resource, EvalDecision: denied?.decision ?? "allowed" };
      }),
    );
    return { EvaluationResults, IsTruncated: false };
  },
};
