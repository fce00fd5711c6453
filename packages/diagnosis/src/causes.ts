/**
 * What can be wrong with a service, by the id that `--json` has, with what it is called. An id is kept for good: others' programs compare it.
 */
export const causes = {
  // The image, and the start of its program.
  "image-architecture": "The image is for another CPU than the task's",
  "program-missing": "The program that the task starts is not in the image",
  "interpreter-or-loader-missing": "The program is there; the interpreter or loader that it names is not",
  "script-line-endings": "A script has Windows line endings (CRLF)",
  "program-not-executable": "The program can't be executed",
  "shared-library-missing": "A library that the program needs is not in the image",
  "module-missing": "What the interpreter is to run, or a package of it, is not in the image",
  "image-missing": "The image, its tag or its repository is not there",
  "image-damaged": "The image could not be unpacked",
  "registry-login": "The registry gives the image only to whoever logs in",
  "registry-throttled": "The registry answers that there were too many pulls",
  "disk-full": "The task's disk is full",

  // What must be reached before the program starts.
  "ecr-unreachable": "The subnets have no way to ECR, or to the S3 that holds its layers",
  "registry-unreachable": "The subnets have no way to the image's registry",
  "secrets-unreachable": "The subnets have no way to Secrets Manager or SSM",
  "logs-unreachable": "The subnets have no way to CloudWatch Logs",
  "log-group-missing": "The log group is not there",
  "execution-role-permission": "The execution role may not do what a task's start needs",
  "role-not-assumable": "ECS may not act with the task's or the execution role",
  "secret-missing": "A secret or parameter is not there, is to be deleted, or has no value",
  "secret-key-missing": "The secret does not have the JSON key",
  "kms-denied": "The KMS key may not be used, or can't be",
  "file-system-unreachable": "A file system could not be mounted",

  // What ends a running container.
  "out-of-memory-container": "A container used more memory than its own limit",
  "out-of-memory-task": "The containers together used more memory than the task has",
  "container-health-check": "ECS stops tasks whose container health check fails",
  "crash-at-start": "The program ends by itself as it starts",
  "crash-while-running": "The program ends by itself after it ran for a while",
  "exits-as-done": "The program ends with exit code 0, as if its work were done",
  "segmentation-fault": "The program ends with a segmentation fault",
  "stop-timeout": "The program did not end within its stop timeout and was killed",
  "dependency-container": "A container that others wait for did not get there",
  "read-only-file-system": "The program writes to a file system that is read-only",
  "user-missing": "The container's user is not in the image",
  "user-rights": "The container's user may not do what the program tries",
  "privileged-port": "The program listens on a port below 1024 without the right to",
  "port-in-use": "The port is taken by another program",
  ulimits: "The program reaches a limit of its processes (ulimit)",

  // What the program calls.
  "unresolvable-name": "A host name that the program calls is not known",
  "dependency-unreachable": "What the program calls does not answer",
  "database-connections": "The database has no connection left",
  "database-password": "The database refuses the login",
  "task-role-permission": "The task's role may not do what the program calls",
  "calls-throttled": "AWS throttles what the program calls",

  // Requests.
  "target-health-path": "The load balancer's health check asks for a path that is not there",
  "target-health-status": "The health check's answer has a status that does not count as healthy",
  "target-health-timeout": "The health check is answered too late",
  "target-health-port": "Nothing listens on the port that the load balancer calls",
  "target-not-in-zone": "The load balancer is not in the tasks' zone",
  "grace-period": "Tasks are stopped before they had the time to start",
  "listens-on-loopback": "The program listens on 127.0.0.1 alone",
  "security-group-blocks-load-balancer": "No rule lets the load balancer through to the tasks' port",

  // Places for tasks.
  "no-capacity-spot": "There is no Spot capacity",
  "no-capacity-fargate": "Fargate has no capacity in these zones now",
  "no-capacity-ec2": "No instance of the cluster has room for the task",
  "no-container-instances": "The cluster has no instance that could run the task",
  "placement-constraint": "No instance satisfies the placement constraints",
  "network-interface-limit": "There is no network interface left",
  "subnet-addresses": "The subnets have no address left",
  "task-quota": "The account's quota of tasks or of vCPUs is used up",
  "platform-version": "The platform version can't run the task",
  "start-failed": "ECS could not start the task, for a reason that has no name here",
  "task-not-placed": "ECS can't go on with the service, for a reason that has no name here",
  "tasks-not-started": "ECS has started no task, and does not say why",

  // The service and its deployment.
  "service-deleted": "The service was deleted, or is being deleted",
  "circuit-breaker": "The circuit breaker ended the deployment",
  "alarm-rollback": "An alarm ended the deployment",
  "deployment-hook-failed": "A lifecycle hook ended the deployment",
  "deployment-failed": "The deployment ended before it came out, for no reason that has a name here",
  "traffic-not-shifted": "ECS could not shift the traffic",
  "ecs-throttled": "AWS throttles what ECS does for the service",
  "service-linked-role": "ECS may not use the load balancer, the interfaces or the registry of names for the service",

  // Jobs.
  "job-schedule-disabled": "The schedule is off, or its time is over",
  "job-never-starts": "The schedule could not start the task",
} as const;

/** A cause, by its id. */
export type CauseId = keyof typeof causes;

/**
 * What a deployment waits for, and other things that go on: nothing is wrong, but nothing is finished either.
 */
export const waits = {
  "deployment-in-progress": "A deployment is under way",
  "deployment-bake": "The deployment bakes: the old revision stays until the time is over",
  "deployment-hook": "The deployment waits for a lifecycle hook",
  "deployment-approval": "The deployment is paused until somebody continues it",
  "rolling-back": "The deployment is being rolled back",
  "deployment-stopped": "Somebody stopped the newest deployment before its end",
  scaling: "The number of tasks follows the load",
  "task-replaced": "A task was replaced, as happens: Spot, maintenance, scaling in",
  asleep: "No task is wanted",
  "job-runs": "A run of the job is under way",
} as const;

/** A wait, by its id. */
export type WaitId = keyof typeof waits;
