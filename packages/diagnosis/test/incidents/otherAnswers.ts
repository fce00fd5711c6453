import type { Sketch } from "./sketch";
import {
  account,
  before,
  digest,
  failing,
  healthy,
  noInstance,
  notStarted,
  quiet,
  region,
  registry,
  roleSession,
  secretArn,
  steady,
  unplaced,
} from "./words";

const closed = { a: { way: "none" }, b: { way: "none" } } as const;
const fails = { deployment: failing(12), running: [before()], logs: { app: quiet } };

/** The same causes in AWS's older and rarer words. */
export const otherAnswers: Sketch[] = [
  {
    ...fails,
    title: "containerd's word for a platform that is missing",
    source: "containerd: no match for platform in manifest",
    causes: ["image-architecture"],
    image: { platforms: ["linux/arm64"] },
    stopped: [
      notStarted(
        `CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: no match for platform in manifest ${digest}: not found`,
      ),
    ],
  },
  {
    ...fails,
    title: "Docker's word for a platform that is missing, on Graviton",
    source: "docker: no matching manifest for linux/arm64/v8 in the manifest list entries",
    causes: ["image-architecture"],
    mentions: ["arm64"],
    launch: "EC2",
    platform: "ARM64",
    image: { platforms: ["linux/amd64"] },
    stopped: [
      notStarted("Task failed to start", {
        exits: { app: [undefined, "CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries"] },
      }),
    ],
  },
  {
    title: "Fargate's words of 2021 for no way to ECR",
    source: "aws-samples/aws-fargate-pipeline-lambda-autoscaling#3",
    causes: ["ecr-unreachable"],
    network: { subnets: closed },
    deployment: failing(20),
    stopped: [
      notStarted(
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 34.223.27.76:443: i/o timeout. Please check your task network configuration.',
      ),
    ],
  },
  {
    title: "and of 2020",
    source: "clamav's VPC in comments: pull command failed: : signal: killed",
    causes: ["ecr-unreachable"],
    network: { subnets: closed },
    deployment: failing(20),
    stopped: [notStarted("ResourceInitializationError: unable to pull secrets or registry auth: pull command failed: : signal: killed")],
  },
  {
    title: "the agent's words on EC2 for no way to ECR",
    source: "aws/amazon-ecs-agent agent/api/errormessages: request canceled while waiting for connection",
    causes: ["ecr-unreachable"],
    launch: "EC2",
    network: { subnets: closed },
    deployment: failing(20),
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            `CannotPullContainerError: The task can’t pull the image. Check your network configuration. Error response from daemon: Get "https://${registry}/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
          ],
        },
      }),
    ],
  },
  {
    title: "Parameter Store can't be reached",
    source: "'SSMのエラー': There is a connection issue between the task and AWS Systems Manager Parameter Store",
    causes: ["secrets-unreachable"],
    mentions: ["ssm"],
    network: { subnets: closed, endpoints: ["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager"] },
    containers: [{ name: "app", port: 8080, secrets: { SENDER: `arn:aws:ssm:${region}:${account}:parameter/orders/sender` } }],
    parameters: { "/orders/sender": "there" },
    deployment: failing(20),
    stopped: [
      notStarted(
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestCanceled: request context canceled caused by: context deadline exceeded",
      ),
    ],
  },
  {
    title: "CloudWatch Logs can't be reached, on EC2",
    source: "a custom VPC of a genomics workflow: Post https://logs.us-east-2.amazonaws.com/: i/o timeout",
    causes: ["logs-unreachable"],
    launch: "EC2",
    network: { subnets: closed, endpoints: ["ecr.api", "ecr.dkr", "s3"] },
    deployment: failing(20),
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post https://logs.eu-west-1.amazonaws.com/: dial tcp 10.20.10.16:443: i/o timeout",
          ],
        },
      }),
    ],
  },
  {
    ...fails,
    title: "an organization's policy denies what the role allows",
    source: "IAM: with an explicit deny in a service control policy",
    causes: ["execution-role-permission"],
    mentions: ["secretsmanager:GetSecretValue"],
    herring: "The role's own policy allows it",
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: secretArn("orders/database") } }],
    secrets: { "orders/database": { keys: ["url"] } },
    stopped: [
      notStarted(
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn("orders/database")} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: 5f1c, api error AccessDeniedException: User: ${roleSession} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretArn("orders/database")} with an explicit deny in a service control policy`,
      ),
    ],
  },
  {
    ...fails,
    title: "the execution role may not write logs",
    source: "CloudWatch Logs: logs:CreateLogStream",
    causes: ["execution-role-permission"],
    mentions: ["logs:CreateLogStream"],
    stopped: [
      notStarted(
        `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: ${roleSession} is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:${region}:${account}:log-group:/fairlead/dev/orders:log-stream:orders/orders/1 because no identity-based policy allows the logs:CreateLogStream action : exit status 1`,
      ),
    ],
  },
  {
    ...fails,
    title: "a file system's name doesn't resolve",
    source: 'EFS: Failed to resolve "fs-….efs.region.amazonaws.com"',
    causes: ["file-system-unreachable"],
    stopped: [
      notStarted(
        'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-0e5645f66.efs.eu-west-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID. : unsuccessful EFS utils command execution; code: 1',
      ),
    ],
  },
  {
    ...fails,
    title: "a folder that the file system lacks",
    source: "tf_splunk_fargate_efs: reason given by server: No such file or directory",
    causes: ["file-system-unreachable"],
    mentions: ["/opt/splunk"],
    stopped: [
      notStarted(
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: mounting fs-e5645f66.efs.eu-west-1.amazonaws.com:/opt/splunk failed, reason given by server: No such file or directory : unsuccessful EFS utils command execution; code: 32",
      ),
    ],
  },
  {
    title: "the account's quota of tasks",
    source: "AWS: service event messages",
    causes: ["task-quota"],
    desired: 9,
    deployment: steady(),
    running: [healthy(5)],
    events: [unplaced(4, "You've reached the limit on the number of tasks you can run concurrently")],
    logs: { app: quiet },
  },
  {
    title: "no GPU is left",
    source: "'The FP8 deploy': one GPU machine, the old task holding it",
    causes: ["no-capacity-ec2"],
    mentions: ["GPU"],
    launch: "EC2",
    deployment: failing(18, 0),
    running: [before(1)],
    desired: 1,
    events: [noInstance(2, "has insufficient GPU resource available")],
    logs: { app: quiet },
  },
  {
    title: "part of a deployment's tasks could not be launched",
    source: "AWS: service event messages, 'could not launch number tasks for deployment'",
    causes: ["no-capacity-ec2"],
    mentions: ["memory"],
    launch: "EC2",
    desired: 4,
    instances: [{ id: "2811a2a83e7d47f5a6fe6307a40f0f3b", cpu: 900, memory: 100 }],
    deployment: failing(9, 1),
    running: [before(4), healthy(1, { age: 8 })],
    events: [
      [
        2,
        "(service orders) could not launch 3 tasks for deployment ecs-svc/2222222222222222222. Reason: no container instance met all of its requirements. The closest matching container-instance 2811a2a83e7d47f5a6fe6307a40f0f3b has insufficient memory available.",
      ],
    ],
    logs: { app: quiet },
  },
];
