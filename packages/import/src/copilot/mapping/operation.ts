import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";

const service = rowsOf(of.services);
const balanced = rowsOf(of.balanced);
const worker = rowsOf(of.worker);
const task = rowsOf(of.tasks);
const job = rowsOf(of.job);

/** How many tasks there are, how they come out, how they are watched, and when jobs run. */
export const operationRows: readonly Row[] = [
  service.exact("count", "desiredCount"),
  service.exact("count.spot", "capacityProviderStrategy"),
  service.exact("count.range", "scaling.minCapacity, scaling.maxCapacity"),
  service.exact("count.range.min", "scaling.minCapacity"),
  service.exact("count.range.max", "scaling.maxCapacity"),
  service.exact("count.range.spot_from", "capacityProviderStrategy"),
  ...targetRows(service, "cpu_percentage", "scaling.cpuPercent"),
  ...targetRows(service, "memory_percentage", "scaling.memoryPercent"),
  ...targetRows(balanced, "requests", "scaling.requestsPerTarget"),
  ...targetRows(balanced, "response_time", "scaling.responseTimeSeconds"),
  worker.changed(
    "count.queue_delay.acceptable_latency",
    "scaling.messagesPerTask",
    "as many messages wait for each task as it works off in that time.",
  ),
  worker.changed(
    "count.queue_delay.msg_processing_time",
    "scaling.messagesPerTask",
    "as many messages wait for each task as it works off in the acceptable latency.",
  ),
  ...cooldownRows(worker, "count.queue_delay.cooldown"),
  ...cooldownRows(service, "count.cooldown"),
  service.exact("deployment.rolling", "deployment.minimumHealthyPercent, deployment.maximumPercent"),
  service.decide(
    "deployment.rollback_alarms",
    "A deployment is rolled back by the service's own alarms, where the environment has any. Alarms that are there already can't be named.",
  ),
  service.changed(
    "deployment.rollback_alarms.cpu_utilization",
    "alarms.cpuPercent",
    "the alarm is there always, where the environment has alarms, and rolls a deployment back as well.",
  ),
  service.changed(
    "deployment.rollback_alarms.memory_utilization",
    "alarms.memoryPercent",
    "the alarm is there always, where the environment has alarms, and rolls a deployment back as well.",
  ),
  worker.dropped(
    "deployment.rollback_alarms.messages_delayed",
    "the alarm of a worker counts the seconds that a message waits: alarms.queueAgeSeconds.",
  ),
  service.exact("observability.tracing", "tracing"),
  task.changed("logging.retention", "logs.retentionInDays", "how long logs are kept is the environment's: the longest of its services'."),
  task.changed("logging.image", undefined, "the log router's image comes with Fairlead."),
  task.exact("logging.destination.*", "logRouting.options.*"),
  task.dropped("logging.enableMetadata", "Fluent Bit adds what ECS knows of a task unless it is told not to."),
  task.decide(
    "logging.secretOptions",
    "Options of the log router can't be secrets: route to a destination that permissions open, such as a Firehose.",
    { whole: true },
  ),
  task.decide(
    "logging.configFilePath",
    "The log router has no configuration file of one's own: say what it does by options, or run one's own as a sidecar.",
  ),
  task.decide("logging.variables", "The log router has no variables.", { whole: true }),
  task.decide("logging.secrets", "The log router has no secrets.", { whole: true }),
  task.decide("logging.env_file", "The log router has no variables."),
  job.exact("on.schedule", "schedule"),
  job.exact("timeout", "timeoutMinutes"),
  job.exact("retries", "retryAttempts"),
  job.ignored("count", "a job runs as one task: Copilot's template reads no count of it.", { whole: true }),
  job.ignored("observability", "a Scheduled Job has no such key.", { whole: true }),
  job.ignored("deployment", "a Scheduled Job has no such key.", { whole: true }),
];

function targetRows(rows: ReturnType<typeof rowsOf>, key: string, to: string): Row[] {
  return [rows.exact(`count.${key}`, to), rows.exact(`count.${key}.value`, to), ...cooldownRows(rows, `count.${key}.cooldown`)];
}

function cooldownRows(rows: ReturnType<typeof rowsOf>, path: string): Row[] {
  return [rows.exact(`${path}.in`, "scaling.scaleInCooldownSeconds"), rows.exact(`${path}.out`, "scaling.scaleOutCooldownSeconds")];
}
