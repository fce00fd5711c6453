import type { DifferingDefault } from "../write/imported";

/** What is otherwise without any key that says so. Each is told once in the report. */
export const differingDefaults: readonly DifferingDefault[] = [
  {
    what: "Files of the image",
    before: "can be written",
    fairlead: "can't be written by default; imported services have readonlyRootFilesystem: false, as they had",
    why: "Remove the key where a service writes nothing but what writableMounts name: what breaks in then can't leave a program behind.",
  },
  {
    what: "Who reaches whom",
    before: "one security group for all services of an environment: each reaches each, on every port",
    fairlead: "a security group for each service, opened for those that name it under calls",
    why: "The calls below were inferred. One that is missing shows as a connection that times out: add it under calls.",
  },
  {
    what: "Variables that Copilot sets",
    before: "COPILOT_APPLICATION_NAME, COPILOT_ENVIRONMENT_NAME, COPILOT_SERVICE_NAME, COPILOT_SERVICE_DISCOVERY_ENDPOINT, and others",
    fairlead: "AWS_REGION and PORT; <NAME>_URL of each service under calls, and those of data under uses",
    why: "Where a source mentions one of the first four it is written under environment, so that the program finds it. The others are listed below.",
  },
  {
    what: "Logs",
    before: "the group /copilot/<application>-<environment>-<service>, for 30 days",
    fairlead: "a group of the service in its environment, kept as long as logs in the stack says",
    why: "What is in the old groups stays there until they are deleted.",
  },
  {
    what: "Health check of the load balancer",
    before: "every 30 seconds; 5 successes, 2 failures; answers 200",
    fairlead: "every 15 seconds; 2 successes, 2 failures; answers 200 to 299",
    why: "A new task serves earlier, and one that fails is noticed earlier.",
    back: 'healthCheck: { intervalSeconds: 30, healthyThresholdCount: 5, matcher: "200" }',
  },
  {
    what: "Time for requests of a task that leaves",
    before: "60 seconds",
    fairlead: "30 seconds",
    why: "Deployments are shorter. Requests that take longer are cut off.",
    back: "deregistrationDelaySeconds: 60",
  },
  {
    what: "Init process",
    before: "none, but with exec",
    fairlead: "one that reaps zombies and forwards signals",
    why: "An image that has its own as process 1, such as s6, needs to be the first.",
    back: "initProcessEnabled: false",
  },
  {
    what: "Scaling in",
    before: "120 seconds between steps",
    fairlead: "300 seconds",
    why: "A load that comes and goes does not make tasks come and go with it.",
    back: "scaling.scaleInCooldownSeconds: 120",
  },
  {
    what: "Deployment that fails",
    before: "is rolled back by ECS's circuit breaker, while copilot waits for the stack",
    fairlead: "is rolled back by the circuit breaker and by alarms, and up ends with the cause",
    why: "So that whoever deploys reads why, not that a timeout was reached.",
  },
  {
    what: "Secrets",
    before: "only those with the tags copilot-application and copilot-environment",
    fairlead: "any that the manifest names, and permission for these alone",
    why: "Tags are no longer needed, and do no harm.",
  },
];
