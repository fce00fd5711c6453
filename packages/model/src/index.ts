export { allowedTime, type AllowedTime, type RolloutPace } from "./allowedTime";
export { isFromAllowed, isRegistryPrefix } from "./allowedRegistries";
export { awsErrorKind, type AwsErrorKind } from "./awsErrors";
export { fargateCapacityProviders, isFargate } from "./capacityProviders";
export { canonical } from "./canonical";
export { closest, misspelt } from "./closest";
export { clusterTag } from "./clusterTag";
export { coded } from "./codes/coded";
export { imageCodes } from "./codes/images";
export type { Code, DiagnosticCode, ImageCode } from "./codes/table";
export { isOwnComponent, serviceType } from "./componentTypes";
export {
  accessOf,
  bindingNames,
  bindingParts,
  bindingVariables,
  dataKinds,
  defaultAccessOf,
  type Access,
  type BindingNames,
  type BindingPart,
  type DataKind,
} from "./dataKinds";
export type { FileProblem } from "./files/fileProblem";
export { formatProblems } from "./files/formatProblems";
export { logGroupNameIn, ownNames, repositoryNameIn, takenBy } from "./environmentNames";
export { describeMemorySizes, fargateCpuSizes, fargateMemorySizes, fargateSizeWith } from "./fargateSizes";
export { digestPattern, parseReference, pinned, type ImageReference } from "./imageReference";
export { imageTagParts, withoutArchitecture, type ImageTagParts } from "./imageTagParts";
export { likelyCause } from "./likelyCause";
export type { LikelyCause, LikelyCauseId, Remains } from "./likelyCauseModel";
export { hiddenSecret, likelySecret, namesSecret, type LikelySecret } from "./likelySecret";
export { logRetentions } from "./logRetentions";
export { manifestNames } from "./manifestNames";
export type { NameRule } from "./nameRule";
export { autoNamed, explicitName, nameProblem, type NamedThing } from "./names";
export { asList, isNothing } from "./emptyValues";
export { isMap } from "./isMap";
export { patternsMeet } from "./patternsMeet";
export { pinnedImagesKey, type PinnedDigest } from "./pinnedDigest";
export { architectureOf, cpuArchitectures, platformOf, platforms, type CpuArchitecture, type Platform, type PlatformOf } from "./platform";
export { examinedCharacters, quoted } from "./quoted";
export { reachedAt } from "./reachedAt";
export { movingTag, referenceProblem } from "./referenceProblem";
export { freePriority, priorityRange, rankOf, rulePriorities, type RoutePattern, type RulePriorities } from "./rulePriorities";
export { runTaskArguments, scheduledTask, type ScheduledTarget } from "./scheduledTask";
export { isSchedule, scheduleForms } from "./scheduleExpression";
export {
  alarmValues,
  capacityValues,
  containerHealthCheckValues,
  containerValues,
  deploymentValues,
  shiftsTraffic,
  deregistrationValues,
  healthCheckValues,
  imageUser,
  taskSecurityGroupValues,
  jobValues,
  listenerRuleQuota,
  shiftedRuleValues,
  portRange,
  scalingTargets,
  scalingValues,
  sourceIpsLimit,
  stickinessValues,
  scheduledRunValues,
  scheduleValues,
  secretValues,
  taskValues,
  withDefaults,
  type ValueRule,
} from "./serviceValues";
export { firstFew, printable, printableJson, printableLine, reportedLine, shortCommit, shortDigest, shortened } from "./shortened";
export {
  compositionFile,
  configurationFile,
  environmentsFile,
  lockFile,
  filesOfStack,
  allowedChangesFile,
  policyExceptionsFile,
  promotionsFile,
  stackOfFile,
  stacksAmong,
  usageFile,
  vulnerabilityExceptionsFile,
} from "./stackFiles";
export { startVariableNames, startVariables } from "./startVariables";
export { UserError } from "./userError";
export {
  calleeVariable,
  containerVariableName,
  portVariable,
  regionVariable,
  tracingVariables,
  variablePrefix,
  type Tracing,
} from "./variables";
export { vulnerabilitySeverities, type VulnerabilitySeverity } from "./vulnerabilitySeverities";
export { withoutLogins } from "./withoutLogins";
