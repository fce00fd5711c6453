import type * as kms from "@aws-sdk/client-kms";
import type * as secretsManager from "@aws-sdk/client-secrets-manager";
import type * as ssm from "@aws-sdk/client-ssm";

import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";
import type { ScriptedSecret } from "../state";

function secretOf({ state }: AnsweringAccount, id: string | undefined): ScriptedSecret {
  // Without the six letters that Secrets Manager adds an ARN names the secret as well.
  const found = state.secrets.find(({ ARN, Name }) => ARN === id || Name === id || ARN.replace(/-[A-Za-z0-9]{6}$/, "") === id);
  if (!found) throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  return found;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html */
export const secretsManagerAnswers = {
  DescribeSecret({ SecretId }: secretsManager.DescribeSecretRequest, account: AnsweringAccount): secretsManager.DescribeSecretResponse {
    const { values: _, ...described } = secretOf(account, SecretId);
    return described;
  },

  GetSecretValue({ SecretId }: secretsManager.GetSecretValueRequest, account: AnsweringAccount): secretsManager.GetSecretValueResponse {
    const { ARN, Name, DeletedDate, values } = secretOf(account, SecretId);
    if (DeletedDate) {
      throw new Refusal("InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.");
    }
    if (!values) {
      throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
    }
    return { ARN, Name, SecretString: JSON.stringify(values) };
  },
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html */
export const ssmAnswers = {
  GetParameters({ Names = [] }: ssm.GetParametersRequest, { state }: AnsweringAccount): ssm.GetParametersResult {
    if (Names.length > 10) throw new Refusal("ValidationException", "Member must have length less than or equal to 10");
    const named = (name: string) => state.parameters.find((each) => each.Name === name || each.ARN === name);
    return { Parameters: Names.flatMap((name) => named(name) ?? []), InvalidParameters: Names.filter((name) => !named(name)) };
  },

  DescribeParameters({ ParameterFilters = [] }: ssm.DescribeParametersRequest, { state }: AnsweringAccount): ssm.DescribeParametersResult {
    const wanted = ParameterFilters.filter(({ Key }) => Key === "Name").flatMap(({ Values }) => Values ?? []);
    const found = state.parameters.filter(({ Name }) => wanted.length === 0 || wanted.includes(Name!));
    return { Parameters: found.map(({ Name, ARN, Type, Version }) => ({ Name, ARN, Type, Version })) };
  },
};

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html */
export const kmsAnswers = {
  DescribeKey({ KeyId = "" }: kms.DescribeKeyRequest, { state, arn }: AnsweringAccount): kms.DescribeKeyResponse {
    const found = state.keys.find((key) => key.Arn === KeyId || key.KeyId === KeyId);
    if (!found)
      throw new Refusal("NotFoundException", `Key '${KeyId.startsWith("arn:") ? KeyId : arn("kms", `key/${KeyId}`)}' does not exist`);
    return { KeyMetadata: found };
  },
};
