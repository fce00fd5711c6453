export { GitHubActionsAccess, type GitHubActionsAccessArgs, type StateBackend } from "./gitHubActionsAccess";
