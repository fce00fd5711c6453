export { AskingRefused, type RevisionSettings } from "./askAgain";
export { otherInFront } from "./askedDeployment";
export { endedTasks, endOf, type Task } from "./endedTasks";
export { rollOut, type RolloutContext, type RolloutEnd, type RolloutRequest } from "./rollOut";
export { RolloutProgress, type HealthyTargets, type ProgressContext } from "./rolloutProgress";
export { hasFailed, stopOf, type Stop } from "./stops";
export {
  describeDeployment,
  describeRevisions,
  describeService,
  hasEnded,
  isGivenUp,
  newestDeployments,
  type Ecs,
  type Service,
  type ServiceDeployment,
  type ServiceName,
  type ServiceRevision,
} from "./serviceDeployments";
