import type { LookupEventsRequest, LookupEventsResponse } from "@aws-sdk/client-cloudtrail";
import type { GetCallerIdentityResponse } from "@aws-sdk/client-sts";

import { page } from "../answer";
import type { AnsweringAccount } from "../account";

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const stsAnswers = {
  GetCallerIdentity: (_input: object, { accountId }: AnsweringAccount): GetCallerIdentityResponse => ({
    Account: accountId,
    Arn: `arn:aws:sts::${accountId}:assumed-role/reader/me`,
    UserId: "AROAEXAMPLE:me",
  }),
};

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const cloudTrailAnswers = {
  LookupEvents(input: LookupEventsRequest, { state, pageSize }: AnsweringAccount): LookupEventsResponse {
    const [attribute] = input.LookupAttributes ?? [];
    const found = state.trail
      .filter(({ EventName }) => attribute?.AttributeKey !== "EventName" || EventName === attribute.AttributeValue)
      .filter(({ EventTime }) => input.StartTime === undefined || EventTime! >= input.StartTime)
      .sort((a, b) => Number(b.EventTime) - Number(a.EventTime));
    const { items, next } = page(found, input.NextToken, pageSize(Math.min(input.MaxResults ?? 50, 50)));
    return { Events: items, NextToken: next };
  },
};
