import type { Area } from "./row";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const task = "aws:ecs/taskDefinition:TaskDefinition";

export const observabilityAndData: Area[] = [
  {
    title: "Observability",
    rows: [
      {
        what: "log groups with retention and KMS",
        components: ["ServiceLogGroup"],
        example: { type: "aws:cloudwatch/logGroup:LogGroup", has: '"kmsKeyId"' },
        test: "a log group is kept 30 days",
      },
      {
        what: "alarms: CPU",
        components: ["ServiceAlarms"],
        keys: ["alarms.cpuPercent"],
        example: { type: alarm, has: '"CPUUtilization"' },
        test: "of a service behind a load balancer",
      },
      {
        what: "alarms: memory",
        components: ["ServiceAlarms"],
        keys: ["alarms.memoryPercent"],
        example: { type: alarm, has: '"MemoryUtilization"' },
        test: "of a service behind a load balancer",
      },
      {
        what: "alarms: 5xx",
        components: ["ServiceAlarms"],
        keys: ["alarms.errorPercent"],
        example: { type: alarm, has: "HTTPCode_Target_5XX_Count" },
        test: "of a service whose traffic shifts",
      },
      {
        what: "alarms: latency p99",
        components: ["ServiceAlarms"],
        keys: ["alarms.latencyP99Seconds"],
        example: { type: alarm, has: '"p99"' },
        test: "take the thresholds that they are given",
      },
      {
        what: "alarms: unhealthy hosts",
        components: ["ServiceAlarms"],
        example: { type: alarm, has: "UnHealthyHostCount" },
        test: "of a service behind a load balancer",
      },
      {
        what: "alarms: running < desired",
        components: ["ServiceAlarms"],
        example: { type: alarm, has: "RunningTaskCount" },
        test: "of a service behind a load balancer",
      },
      {
        what: "alarms: age of a queue",
        components: ["ServiceAlarms"],
        keys: ["alarms.queueAgeSeconds"],
        example: { type: alarm, has: "ApproximateAgeOfOldestMessage" },
        test: "of a worker: no errors",
      },
      {
        what: "alarms: failed deployments",
        components: ["AlarmTopic"],
        example: { type: "aws:cloudwatch/eventRule:EventRule", has: "SERVICE_DEPLOYMENT_FAILED" },
        test: "failed deployments of a cluster reach",
      },
      {
        what: "an SNS topic for alarms",
        components: ["AlarmTopic"],
        example: { type: "aws:sns/topic:Topic", has: "Alarms of" },
        test: "failed deployments of a cluster reach",
      },
      {
        what: "a dashboard for each environment",
        components: ["Dashboard"],
        example: { type: dashboard },
        test: "shows load, errors, latency",
      },
      {
        what: "right-sizing from Container Insights",
        components: ["Dashboard"],
        example: { type: dashboard, has: "Right-sizing" },
        test: "shows load, errors, latency",
      },
      {
        what: "tracing: ADOT collector",
        components: ["tracing"],
        keys: ["tracing"],
        example: { type: task, has: "aws-otel-collector" },
        test: "%s is a sidecar, its address",
      },
      {
        what: "tracing: X-Ray daemon",
        components: ["tracing"],
        keys: ["tracing"],
        example: { type: task, has: "xray-daemon" },
        test: "%s is a sidecar, its address",
      },
    ],
  },
  {
    title: "Data, bound with `uses:`",
    rows: [
      {
        what: "Postgres (Aurora), password in Secrets Manager with rotation",
        components: ["Postgres"],
        keys: ["uses"],
        example: { type: "aws:rds/cluster:Cluster", has: '"manageMasterUserPassword":true' },
        test: "keeps its password in Secrets Manager",
      },
      {
        what: "Redis/Valkey",
        components: ["Cache"],
        keys: ["uses"],
        example: { type: "aws:elasticache/replicationGroup:ReplicationGroup" },
        test: "a cache has TLS",
      },
      {
        what: "SQS with dead-letter queue",
        components: ["Queue"],
        keys: ["uses"],
        example: { type: "aws:sqs/queue:Queue", has: '"redrivePolicy"' },
        test: "a queue has a dead-letter queue",
      },
      {
        what: "SNS",
        components: ["Topic"],
        keys: ["uses"],
        example: { type: "aws:sns/topicSubscription:TopicSubscription", has: '"sqs"' },
        test: "a queue that subscribes to a topic",
      },
      {
        what: "DynamoDB",
        components: ["Table"],
        keys: ["uses"],
        example: { type: "aws:dynamodb/table:Table" },
        test: "a table can be restored",
      },
      {
        what: "S3",
        components: ["Bucket", "PrivateBucket"],
        keys: ["uses"],
        example: { type: "aws:s3/bucket:Bucket" },
        test: "is closed, versioned, encrypted",
      },
      {
        what: "EFS",
        components: ["FileSystem"],
        keys: ["uses"],
        example: { type: "aws:efs/accessPoint:AccessPoint" },
        test: "a file system is mounted through a folder",
      },
      {
        what: "a binding: port, policy, variables, and nothing else",
        components: ["openPort"],
        keys: ["uses"],
        example: { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", has: '"From nightly-export"' },
        test: "with %s allows actions on exactly this resource",
      },
    ],
  },
];
