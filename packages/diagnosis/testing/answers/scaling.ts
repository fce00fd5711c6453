import type * as scaling from "@aws-sdk/client-application-auto-scaling";
import type * as scheduler from "@aws-sdk/client-scheduler";
import type * as quotas from "@aws-sdk/client-service-quotas";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html */
export const scalingAnswers = {
  DescribeScalingActivities(input: scaling.DescribeScalingActivitiesRequest, { state, pageSize }: AnsweringAccount) {
    const found = state.scalingActivities
      .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
      .filter(({ ResourceId }) => input.ResourceId === undefined || ResourceId === input.ResourceId);
    const { items, next } = page(found, input.NextToken, pageSize(Math.min(input.MaxResults ?? 50, 50)));
    return { ScalingActivities: items, NextToken: next };
  },

  DescribeScalableTargets(input: scaling.DescribeScalableTargetsRequest, { state, pageSize }: AnsweringAccount) {
    const found = state.scalableTargets
      .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
      .filter(({ ResourceId }) => !input.ResourceIds?.length || input.ResourceIds.includes(ResourceId!));
    const { items, next } = page(found, input.NextToken, pageSize(Math.min(input.MaxResults ?? 50, 50)));
    return { ScalableTargets: items, NextToken: next };
  },
};

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_Operations.html */
export const quotasAnswers = {
  GetServiceQuota(input: quotas.GetServiceQuotaRequest, { state }: AnsweringAccount): quotas.GetServiceQuotaResponse {
    const found = state.quotas.find((each) => each.ServiceCode === input.ServiceCode && each.QuotaCode === input.QuotaCode);
    if (!found) throw new Refusal("NoSuchResourceException", "The request failed because the specified service quota does not exist.");
    return { Quota: found };
  },

  ListServiceQuotas(input: quotas.ListServiceQuotasRequest, { state, pageSize }: AnsweringAccount): quotas.ListServiceQuotasResponse {
    const found = state.quotas.filter(({ ServiceCode }) => ServiceCode === input.ServiceCode);
    const { items, next } = page(found, input.NextToken, pageSize(Math.min(input.MaxResults ?? 100, 100)));
    return { Quotas: items, NextToken: next };
  },
};

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html */
export const schedulerAnswers = {
  GetSchedule({ Name }: scheduler.GetScheduleInput, { state }: AnsweringAccount): scheduler.GetScheduleOutput {
    const found = state.schedules.find((each) => each.Name === Name);
    if (!found) throw new Refusal("ResourceNotFoundException", `Schedule ${Name} does not exist.`, 404);
    return found;
  },
};
