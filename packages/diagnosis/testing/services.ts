import * as applicationAutoScaling from "@aws-sdk/client-application-auto-scaling";
import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as cloudWatch from "@aws-sdk/client-cloudwatch";
import * as cloudWatchLogs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as elasticLoadBalancing from "@aws-sdk/client-elastic-load-balancing-v2";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as scheduler from "@aws-sdk/client-scheduler";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as serviceQuotas from "@aws-sdk/client-service-quotas";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";

import type { RefusingService } from "./account";
import type { Answers } from "./answer";
import { ecsChangeAnswers, scalingChangeAnswers, ssmChangeAnswers } from "./answers/changes";
import { cloudWatchAnswers, logsAnswers } from "./answers/cloudWatch";
import { ec2Answers } from "./answers/ec2";
import { ecrAnswers } from "./answers/ecr";
import { ecsAnswers } from "./answers/ecs";
import { elasticLoadBalancingAnswers } from "./answers/elasticLoadBalancing";
import { iamAnswers } from "./answers/iam";
import { cloudTrailAnswers, stsAnswers } from "./answers/identity";
import { quotasAnswers, scalingAnswers, schedulerAnswers } from "./answers/scaling";
import { kmsAnswers, secretsManagerAnswers, ssmAnswers } from "./answers/secrets";
import type { OperationSchema } from "./protocols";

/** A service of AWS's: how it is spoken to, what it refuses with, and who answers. */
export interface ScriptedService extends RefusingService {
  answers: Answers;
  /** An operation as the SDK describes it. */
  schema(operation: string): OperationSchema | undefined;
}

type Words = Partial<Pick<ScriptedService, "throttled" | "denied" | "deniedStatus" | "protocol" | "action">>;

function service(action: string, sdk: object, answers: object, words: Words = {}): ScriptedService {
  const schemas = sdk as Record<string, OperationSchema | undefined>;
  return {
    ...{ action, answers: answers as Answers, protocol: "json", throttled: "ThrottlingException" },
    ...{ denied: "AccessDeniedException", deniedStatus: 400, ...words },
    schema: (operation) => schemas[`${operation}$`],
  };
}

const query = { protocol: "query", throttled: "Throttling", denied: "AccessDenied", deniedStatus: 403 } as const;

/** By the name that requests are signed for. */
export const services: Record<string, ScriptedService> = {
  ecs: service("ecs", ecs, { ...ecsAnswers, ...ecsChangeAnswers }),
  ecr: service("ecr", ecr, ecrAnswers),
  ec2: service("ec2", ec2, ec2Answers, {
    ...{ protocol: "ec2", throttled: "RequestLimitExceeded", denied: "UnauthorizedOperation", deniedStatus: 403 },
  }),
  elasticloadbalancing: service("elasticloadbalancing", elasticLoadBalancing, elasticLoadBalancingAnswers, query),
  iam: service("iam", iam, iamAnswers, query),
  kms: service("kms", kms, kmsAnswers),
  secretsmanager: service("secretsmanager", secretsManager, secretsManagerAnswers),
  cloudtrail: service("cloudtrail", cloudTrail, cloudTrailAnswers),
  ssm: service("ssm", ssm, { ...ssmAnswers, ...ssmChangeAnswers }),
  sts: service("sts", sts, stsAnswers, query),
  logs: service("logs", cloudWatchLogs, logsAnswers),
  monitoring: service("cloudwatch", cloudWatch, cloudWatchAnswers, { throttled: "Throttling", denied: "AccessDenied", deniedStatus: 403 }),
  "application-autoscaling": service("application-autoscaling", applicationAutoScaling, { ...scalingAnswers, ...scalingChangeAnswers }),
  servicequotas: service("servicequotas", serviceQuotas, quotasAnswers),
  scheduler: service("scheduler", scheduler, schedulerAnswers, { protocol: "rest", deniedStatus: 403 }),
};
