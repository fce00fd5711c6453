export { GitHubActionsAccess, type GitHubActionsAccessArgs, type StateBackend } from "./gitHubActionsAccess";
export { OperatorAccess, type OperatorAccessArgs } from "./operatorAccess";
