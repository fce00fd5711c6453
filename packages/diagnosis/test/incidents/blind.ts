import type { Sketch } from "./sketch";
import {
  before,
  exited,
  failedTarget,
  failing,
  healthy,
  notStarted,
  quiet,
  secretArn,
  started,
  unhealthyTarget,
  repository,
} from "./words";

const database = secretArn("orders/database");

/** What is found though AWS answers only half of the questions, or only the third time. */
export const blind: Sketch[] = [
  {
    title: "a crash, and the logs may not be read",
    source: "a role of ReadOnlyAccess without logs:GetLogEvents",
    causes: [["crash-at-start", "crash-while-running"]],
    denied: ["logs:GetLogEvents", "logs:FilterLogEvents", "logs:DescribeLogStreams"],
    deployment: failing(12, 5),
    running: [before()],
    stopped: [exited(1)],
    logs: { app: ["KeyError: 'STRIPE_KEY'"] },
  },
  {
    title: "a missing image, and neither ECR nor EC2 nor ELB may be asked",
    source: "a role with ecs:Describe* alone",
    causes: ["image-missing"],
    denied: [
      "ecr:*",
      "ec2:*",
      "elasticloadbalancing:*",
      "logs:*",
      "iam:*",
      "cloudwatch:*",
      "secretsmanager:*",
      "application-autoscaling:*",
    ],
    containers: [{ name: "app", port: 8080, image: `${repository}:1.4.2` }],
    image: { missing: "tag" },
    deployment: failing(12, 5),
    running: [before()],
    stopped: [
      notStarted(
        `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${repository}:1.4.2: not found`,
      ),
    ],
  },
  {
    title: "a blocked load balancer, where the health of targets may not be read",
    source: "a role without elasticloadbalancing:DescribeTargetHealth",
    causes: ["security-group-blocks-load-balancer"],
    denied: ["elasticloadbalancing:DescribeTargetHealth"],
    network: { loadBalancerAllowed: false },
    deployment: failing(15, 3),
    running: [healthy(2, { age: 3, target: ["unhealthy", "Target.Timeout", "Request timed out"] })],
    stopped: [failedTarget()],
    events: [unhealthyTarget(2, "Request timed out")],
    logs: { app: ["Listening on 0.0.0.0:8080"] },
  },
  {
    title: "a secret without the key, behind throttling",
    source: "botocore: ThrottlingException, 'Rate exceeded'",
    causes: ["secret-key-missing"],
    mentions: ["password"],
    throttled: {
      "ecs:DescribeTasks": 2,
      "ecs:DescribeServices": 1,
      "secretsmanager:DescribeSecret": 2,
      "elasticloadbalancing:DescribeTargetHealth": 2,
    },
    containers: [{ name: "app", port: 8080, secrets: { PASSWORD: `${database}:password::` } }],
    secrets: { "orders/database": { keys: ["username"] } },
    deployment: failing(12, 5),
    running: [before()],
    stopped: [
      notStarted(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password",
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "no way to ECR, where routes and endpoints may not be read",
    source: "a role without ec2:Describe*",
    causes: ["ecr-unreachable"],
    denied: ["ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups"],
    network: { subnets: { a: { way: "none" }, b: { way: "none" } } },
    deployment: failing(25, 6),
    stopped: [
      notStarted(
        'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 3.8.169.253:443: i/o timeout',
      ),
    ],
    events: [started(6)],
  },
  {
    title: "a name that doesn't resolve, where ECR, scaling and alarms may not be read",
    source: "half of the sources refused",
    causes: ["unresolvable-name"],
    mentions: ["cache"],
    denied: ["ecr:*", "application-autoscaling:*", "cloudwatch:*", "iam:*", "ec2:*"],
    deployment: failing(9, 3),
    running: [before()],
    stopped: [exited(1)],
    logs: { app: ["Error: getaddrinfo EAI_AGAIN cache", "  code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: 'cache'"] },
  },
];
