import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";

const task = rowsOf(of.tasks);
const worker = rowsOf(of.worker);

/** Volumes, topics and queues. */
export const dataRows: readonly Row[] = [
  task.exact("storage.volumes.*.path", "uses[].containerPath"),
  task.exact("storage.volumes.*.read_only", "uses[].access"),
  task.changed(
    "storage.volumes.*.efs",
    "stacks/data.ts",
    "a file system is made anew. Copy what is in Copilot's (DataSync, or a task that mounts both), or name Copilot's own: existingFileSystem.",
  ),
  task.changed("storage.volumes.*.efs.uid", "user", "files belong to whom the tasks run as."),
  task.changed("storage.volumes.*.efs.gid", "user", "files belong to whom the tasks run as."),
  task.decide(
    "storage.volumes.*.efs.id",
    "A file system that is there already is bound by its security group: existingFileSystem({ fileSystemId, securityGroupId }) in stacks/data.ts, and uses with its containerPath.",
  ),
  task.decide("storage.volumes.*.efs.root_dir", "A service mounts the whole of a file system."),
  task.decide("storage.volumes.*.efs.auth", "A service mounts by its own access, with IAM.", { whole: true }),
  task.changed(
    "publish.topics[].name",
    "stacks/data.ts, uses",
    "the topic is made anew, and its variable is <NAME>_TOPIC_ARN. COPILOT_SNS_TOPIC_ARNS is made of these where the source reads it.",
  ),
  task.decide("publish.topics[].fifo", "Topics in order (FIFO) are not made here: send to the queue itself, which may be one.", {
    whole: true,
  }),
  worker.changed("subscribe.topics[].name", "stacks/data.ts", "the worker's queue is subscribed to the topic there."),
  worker.changed("subscribe.topics[].service", "stacks/data.ts", "the topic is named after the service that publishes to it."),
  worker.exact("subscribe.topics[].filter_policy", "stacks/data.ts", { whole: true }),
  worker.decide(
    "subscribe.topics[].queue",
    "A worker has one queue for all topics: declare a second one in stacks/data.ts and bind it under uses.",
    { whole: true },
  ),
  worker.exact("subscribe.queue.retention", "stacks/data.ts"),
  worker.exact("subscribe.queue.delay", "stacks/data.ts"),
  worker.exact("subscribe.queue.timeout", "stacks/data.ts"),
  worker.exact("subscribe.queue.dead_letter.tries", "stacks/data.ts"),
  worker.exact("subscribe.queue.fifo", "stacks/data.ts"),
  worker.changed("subscribe.queue.fifo.content_based_deduplication", "stacks/data.ts", "the queue is one in order (FIFO)."),
  worker.changed("subscribe.queue.fifo.deduplication_scope", "stacks/data.ts", "the queue is one in order (FIFO)."),
  worker.changed("subscribe.queue.fifo.throughput_limit", "stacks/data.ts", "the queue is one in order (FIFO)."),
  worker.changed("subscribe.queue.fifo.high_throughput", "stacks/data.ts", "the queue is one in order (FIFO)."),
];
