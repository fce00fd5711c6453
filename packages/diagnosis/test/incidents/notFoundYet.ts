/** Titles of incidents of which the doctor does not yet say the right thing. One that it does belongs here no more: the test fails. */
export const notFoundYet: readonly string[] = [
  "bash shows the carriage return as ^M",
  "Go may not listen on 80",
  "Spring's port is taken by its sidecar",
  "nginx doesn't know its upstream",
  "Vite's server, which says localhost",
  "Elasticsearch's check of file descriptors",
  "the container's limit is below what its init needs",
  "part of a deployment's tasks could not be launched",
  "the load balancer is kept out, and the program listens on 127.0.0.1 as well",
  "runc's older word for a loader that is missing",
  "SQLite on a file of root's",
  "Kafka's brokers don't answer",
  "the schedule starts a revision that was deregistered",
  "a task could not be started 50 minutes ago, and all are there since",
  "one target of six was slow for once, 50 minutes ago; its task was replaced",
];
