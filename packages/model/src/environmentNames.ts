/** The log group of a service, or of what is the environment's own. */
export function logGroupNameIn(environment: string, name: string): string {
  return `/fairlead/${environment}/${name}`;
}

/** The repository of a service, or of what is the environment's own. */
export function repositoryNameIn(environment: string, name: string): string {
  return `fairlead/${environment}/${name}`;
}

/** Names that an environment takes for its own among those of its services, which can't have them. */
export const ownNames = {
  executeCommandLogs: "exec",
  flowLogs: "flow-logs",
  buildCache: "build-cache",
} as const;

/** What has each of these names. */
export const takenBy: Readonly<Record<(typeof ownNames)[keyof typeof ownNames], string>> = {
  exec: "the log group of ECS Exec's sessions",
  "flow-logs": "the log group of the VPC's flow logs",
  "build-cache": "the repository of the build cache",
};
