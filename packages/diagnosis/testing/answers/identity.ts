import type { GetCallerIdentityResponse } from "@aws-sdk/client-sts";

import type { ScriptedAccount } from "../scriptedAccount";

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const stsAnswers = {
  GetCallerIdentity: (_input: object, { accountId }: ScriptedAccount): GetCallerIdentityResponse => ({
    Account: accountId,
    Arn: `arn:aws:sts::${accountId}:assumed-role/reader/me`,
    UserId: "AROAEXAMPLE:me",
  }),
};
