export { allows, type PolicyDocument } from "./allows";
export { GitHubActionsAccess, type GitHubActionsAccessArgs, type StateBackend } from "./gitHubActionsAccess";
export { invokeActions } from "./invokeActions";
export { managedPolicies } from "./managedPolicies";
