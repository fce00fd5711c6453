import { alarmValues, deploymentValues, jobValues, scalingValues, scheduledRunValues, scheduleValues } from "@fairlead/model";
import { Type } from "@sinclair/typebox";

import { closed, numberOrFalse, oneOf, options } from "./typebox";

const scaling = options(
  {
    minCapacity: Type.Integer({ description: "Tasks at least.", ...scalingValues.minCapacity }),
    maxCapacity: Type.Integer({ description: "Tasks at most.", ...scalingValues.maxCapacity }),
    cpuPercent: numberOrFalse({ description: "Average CPU to hold; false for none.", ...scalingValues.cpuPercent }),
    memoryPercent: numberOrFalse({ description: "Average memory to hold; false for none.", ...scalingValues.memoryPercent }),
    requestsPerTarget: Type.Integer({ description: "Requests per minute for each task. Not held by default.", minimum: 1 }),
    responseTimeSeconds: Type.Number({
      description: "Average time in which tasks answer the load balancer. Not held by default.",
      exclusiveMinimum: 0,
    }),
    customMetrics: Type.Array(
      Type.Object(
        {
          name: Type.String({ description: "Distinguishes it from the others.", pattern: "^[a-z][a-z0-9-]*$", maxLength: 40 }),
          namespace: Type.String({ description: "Of the metric in CloudWatch.", minLength: 1, maxLength: 255 }),
          metricName: Type.String({ minLength: 1, maxLength: 255 }),
          dimensions: Type.Optional(Type.Record(Type.String({ minLength: 1 }), Type.String({ minLength: 1 }))),
          statistic: Type.Optional(
            oneOf(["Average", "Minimum", "Maximum", "SampleCount", "Sum"], { description: "Over a minute.", default: "Average" }),
          ),
          targetValue: Type.Number({
            description: "Value to hold. The metric must fall as tasks are added: Application Auto Scaling holds it by their number.",
            exclusiveMinimum: 0,
          }),
        },
        closed,
      ),
      { description: "Metrics of your own to hold.", minItems: 1, maxItems: 10 },
    ),
    messagesPerTask: Type.Number({
      description: "Messages waiting in the worker's queue for each task; 0.5 keeps two tasks for each message. Not held by default.",
      exclusiveMinimum: 0,
    }),
    scaleOutCooldownSeconds: Type.Integer({
      description: "Seconds after adding tasks before more are added.",
      ...scalingValues.scaleOutCooldownSeconds,
    }),
    scaleInCooldownSeconds: Type.Integer({
      description: "Seconds after taking tasks away before more are.",
      ...scalingValues.scaleInCooldownSeconds,
    }),
    schedules: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: "^[a-z][a-z0-9-]*$", maxLength: 40 }),
          schedule: Type.String({ description: "cron(…), at(…) or rate(…)." }),
          timezone: Type.Optional(Type.String({ ...scheduleValues.timezone })),
          minCapacity: Type.Optional(Type.Integer({ minimum: 0 })),
          maxCapacity: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
      { description: "Times at which the limits change." },
    ),
  },
  "How many tasks there are follows the load. Without it desiredCount is kept.",
);

const deployment = options(
  {
    strategy: oneOf(["ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"], {
      description: "How a new revision comes out. Others' calls by DNS are not shifted: they reach its tasks as soon as these run.",
      ...deploymentValues.strategy,
    }),
    bakeTimeMinutes: Type.Integer({
      description: "Minutes that the old revision stays after all traffic moved.",
      ...deploymentValues.bakeTimeMinutes,
    }),
    canaryPercent: Type.Number({ description: "Traffic that goes first with CANARY.", ...deploymentValues.canaryPercent }),
    stepPercent: Type.Number({ description: "Traffic in each step with LINEAR.", ...deploymentValues.stepPercent }),
    stepBakeTimeMinutes: Type.Integer({ description: "Minutes between the steps.", ...deploymentValues.stepBakeTimeMinutes }),
    testHeader: Type.Object(
      { name: Type.String({ pattern: "^[A-Za-z0-9-]+$", maxLength: 40 }), value: Type.String({ minLength: 1, maxLength: 128 }) },
      {
        ...closed,
        description:
          "Requests with it see the new revision first, whoever sends them: choose a value that nobody guesses where that matters. x-fairlead-test: true by default.",
      },
    ),
    lifecycleHooks: Type.Array(
      Type.Object(
        {
          functionArn: Type.String({ pattern: "^arn:[^:]+:lambda:" }),
          stages: Type.Array(
            oneOf(
              [
                "RECONCILE_SERVICE",
                "PRE_SCALE_UP",
                "POST_SCALE_UP",
                "TEST_TRAFFIC_SHIFT",
                "POST_TEST_TRAFFIC_SHIFT",
                "PRODUCTION_TRAFFIC_SHIFT",
                "POST_PRODUCTION_TRAFFIC_SHIFT",
              ],
              {},
            ),
            { minItems: 1 },
          ),
        },
        closed,
      ),
      { description: "Lambda functions that may stop the deployment." },
    ),
    minimumHealthyPercent: Type.Integer({
      description: "Tasks that stay healthy while ROLLING.",
      ...deploymentValues.minimumHealthyPercent,
    }),
    maximumPercent: Type.Integer({ description: "Tasks that may run at once while ROLLING.", ...deploymentValues.maximumPercent }),
  },
  "How new revisions come out. All roll back by themselves when they don't become healthy or set off an alarm.",
);

/** How a service is run and watched. */
export const operationKeys = {
  scaling: Type.Optional(scaling),
  deployment: Type.Optional(deployment),
  alarms: Type.Optional(
    options(
      {
        cpuPercent: Type.Number({ description: "CPU above it for 5 minutes.", ...alarmValues.cpuPercent }),
        memoryPercent: Type.Number({ description: "Memory above it for 5 minutes.", ...alarmValues.memoryPercent }),
        errorPercent: Type.Number({ description: "Answers 5xx above it for 3 minutes.", ...alarmValues.errorPercent }),
        latencyP99Seconds: Type.Number({
          description: "One request of 100 slower for 5 minutes.",
          exclusiveMinimum: 0,
          ...alarmValues.latencyP99Seconds,
        }),
        queueAgeSeconds: Type.Integer({ description: "A message of the worker's queue waits longer.", ...alarmValues.queueAgeSeconds }),
      },
      "Thresholds of the service's alarms, where the environment has alarms.",
    ),
  ),
  tracing: Type.Optional(
    oneOf(["OTEL", "XRAY"], { description: "Traces to X-Ray, through the ADOT collector or the X-Ray daemon. None by default." }),
  ),
  logRouting: Type.Optional(
    Type.Object(
      {
        options: Type.Record(Type.String(), Type.String(), {
          description:
            "Output of Fluent Bit: Name chooses the plugin, such as cloudwatch_logs. CloudWatch, Firehose, Kinesis and S3 come with the permission for " +
            'what is named; the log group of CloudWatch is made, unless auto_create_group says who makes it ("false" for one that is there). ' +
            "S3 keeps files in store_dir until they are sent, a volume that goes with the task.",
          minProperties: 1,
        }),
      },
      { ...closed, description: "Sends the logs through FireLens (Fluent Bit) instead of the service's log group." },
    ),
  ),
  enableExecuteCommand: Type.Optional(
    Type.Boolean({ description: "Lets `aws ecs execute-command` open a shell in its tasks.", default: false }),
  ),
};

/** Keys of jobs. */
export const jobKeys = {
  schedule: Type.Optional(Type.String({ description: "When a scheduled-job runs: cron(…), rate(…) or at(…)." })),
  state: Type.Optional(
    oneOf(["ENABLED", "DISABLED"], {
      description: "DISABLED keeps the schedule of a scheduled-job and starts nothing. ENABLED by default.",
    }),
  ),
  timezone: Type.Optional(Type.String({ description: "Of the schedule, such as Europe/Berlin.", ...scheduleValues.timezone })),
  retries: Type.Optional(
    Type.Integer({
      description: "Times that a scheduled-job is tried again when ECS does not take it.",
      ...scheduleValues.retries,
    }),
  ),
  retryAttempts: Type.Optional(
    Type.Integer({
      description:
        "Times that a run of a scheduled-job that failed is tried again: the first time after 10 seconds, then after half as long again each. With it, or with " +
        "timeoutMinutes, a state machine of Step Functions runs the task, and a run has failed where any of its containers ended with another exit code than 0. None by default.",
      ...scheduledRunValues.retryAttempts,
    }),
  ),
  timeoutMinutes: Type.Optional(
    Type.Integer({
      description:
        "Minutes after which a job has failed. A run of a scheduled-job is stopped then, with all of its attempts; without the key it has no end. A job that outlives the `up` that started it, since a workflow or a session ended, goes on, and the next `up` waits for it.",
      ...jobValues.timeoutMinutes,
    }),
  ),
  before: Type.Optional(
    Type.Array(Type.String(), { description: "Services whose rollout waits for the job's exit code 0.", uniqueItems: true }),
  ),
};
