import type { Rule } from "../rule";
import { dataRules } from "./data";
import { ecrRules } from "./ecr";
import { ecsRules } from "./ecs";
import { elbRules } from "./elb";
import { iamRules } from "./iam";
import { limitRules } from "./limits";
import { messagingRules } from "./messaging";
import { edgeRules, networkRules } from "./network";
import { storageRules } from "./storage";

/** All rules, by the service that they concern. */
export const rules: readonly Rule[] = [
  ...ecsRules,
  ...ecrRules,
  ...elbRules,
  ...networkRules,
  ...edgeRules,
  ...dataRules,
  ...storageRules,
  ...messagingRules,
  ...iamRules,
  ...limitRules,
];
