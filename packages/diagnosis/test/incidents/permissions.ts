import type { Sketch } from "./sketch";
import {
  account,
  before,
  digest,
  failing,
  image,
  notStarted,
  parameterArn,
  quiet,
  region,
  registry,
  role,
  roleSession,
  secretArn,
  started,
  unplaced,
  repository,
} from "./words";

const refused = (action: string, resource: string) =>
  `AccessDeniedException: User: ${roleSession} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
const retrieval = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
const database = secretArn("orders/database");
const withSecret = [{ name: "app", port: 8080, secrets: { DATABASE_URL: database } }];

/** What the execution role may not, and roles that can't be taken on. */
export const permissions: Sketch[] = [
  {
    title: "the execution role may not log in at ECR",
    source: "'Cannot pull image': operation error ECR: GetAuthorizationToken, AccessDeniedException",
    causes: ["execution-role-permission"],
    mentions: ["ecr:GetAuthorizationToken"],
    deployment: failing(),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${refused("ecr:GetAuthorizationToken", "*")}`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "the execution role may not read this repository",
    source: "aws/amazon-ecs-agent agent/api/errormessages: ecr:BatchGetImage",
    causes: ["execution-role-permission"],
    mentions: ["ecr:BatchGetImage"],
    herring: "'repository does not exist or may require docker login'",
    launch: "EC2",
    deployment: failing(),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            `CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry. Error response from daemon: pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: User: ${roleSession} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:${region}:${account}:repository/fairlead/dev/orders because no identity-based policy allows the ecr:BatchGetImage action`,
          ],
        },
      }),
    ],
    logs: { app: quiet },
  },
  {
    title: "the secret that was added is not in the execution role's policy",
    source: "bitcoin-auto-trader's troubleshooting: secretsmanager:GetSecretValue",
    causes: ["execution-role-permission"],
    mentions: ["secretsmanager:GetSecretValue"],
    containers: withSecret,
    secrets: { "orders/database": { keys: ["url"] } },
    deployment: failing(14, 5),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${database} from secrets manager: ${refused("secretsmanager:GetSecretValue", database)}`,
      ),
    ],
    events: [unplaced(3, `${retrieval} unable to retrieve secret from asm`), started(5)],
    logs: { app: quiet },
  },
  {
    title: "a sidecar's secret is a stranger to the execution role",
    source: "rally's test 'a service running a sidecar must be allowed to read that sidecar's secrets'",
    causes: ["execution-role-permission"],
    mentions: ["tunnel-token"],
    herring: "The app's own secrets can all be read",
    containers: [
      ...withSecret,
      { name: "tunnel", image: `${registry}/shop/tunnel:3`, secrets: { TUNNEL_TOKEN: secretArn("orders/tunnel-token") } },
    ],
    secrets: { "orders/database": { keys: ["url"] }, "orders/tunnel-token": { text: true } },
    deployment: failing(14, 5),
    running: [before()],
    stopped: [
      notStarted(
        `ResourceInitializationError: unable to pull secrets or registry auth: ${refused("secretsmanager:GetSecretValue", secretArn("orders/tunnel-token"))}`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "a parameter of Systems Manager that the execution role may not read",
    source: "JobSyncHub: ssm:GetParameters",
    causes: ["execution-role-permission"],
    mentions: ["ssm:GetParameters"],
    containers: [{ name: "app", port: 8080, secrets: { SENDER: parameterArn("/orders/sender") } }],
    parameters: { "/orders/sender": "there" },
    deployment: failing(),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secrets from ssm: service call has been retried 1 time(s): ${refused("ssm:GetParameters", parameterArn("/orders/sender"))} status code: 400, request id: 119b9aff-b7c0-4a82-a57c-f193bd929bc`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "the log group is to be made by a role that may not",
    source: "'Troubleshooting — ECS Fargate Advanced': logs:CreateLogGroup is not in AmazonECSTaskExecutionRolePolicy",
    causes: ["execution-role-permission"],
    mentions: ["logs:CreateLogGroup"],
    logGroup: "missing",
    containers: [{ name: "app", port: 8080, createsLogGroup: true }],
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted(
        `ResourceInitializationError: failed to validate logger args: create log group has been retried 1 times: failed to create Cloudwatch log group: ${refused("logs:CreateLogGroup", `arn:aws:logs:${region}:${account}:log-group:/ecs/orders:log-stream:`)} : exit status 1`,
      ),
    ],
  },
  {
    title: "the log group is gone",
    source: "'Fixed: CloudWatch Log Group Error'; widely: 'The specified log group does not exist. : exit status 1'",
    causes: ["log-group-missing"],
    logGroup: "missing",
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted(
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: 0c3f5a, ResourceNotFoundException: The specified log group does not exist. : exit status 1",
      ),
    ],
  },
  {
    title: "the log group is gone, on EC2",
    source: "a README of rearc-quest: log driver of another region",
    causes: ["log-group-missing"],
    launch: "EC2",
    logGroup: "missing",
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            "CannotStartContainerError: Error response from daemon: failed to create task for container: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.",
          ],
        },
      }),
    ],
  },
  {
    title: "the secret's key refuses the role",
    source: "Secrets Manager: 'AccessDeniedException: Access to KMS is not allowed'",
    causes: ["kms-denied"],
    herring: "The role has secretsmanager:GetSecretValue",
    containers: withSecret,
    secrets: { "orders/database": { keys: ["url"], key: "8c1f5c3e-7a51-4f6f-9a53-0d6f1f6e2b11" } },
    deployment: failing(11),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${database} from secrets manager: AccessDeniedException: Access to KMS is not allowed`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "a SecureString's key refuses the role",
    source: "AWS KMS with Parameter Store: kms:Decrypt of the caller",
    causes: ["kms-denied"],
    mentions: ["kms:Decrypt"],
    containers: [{ name: "app", port: 8080, secrets: { KEY: parameterArn("/orders/key") } }],
    parameters: { "/orders/key": "there" },
    deployment: failing(11),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: ${roleSession} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:${region}:${account}:key/8c1f5c3e-7a51-4f6f-9a53-0d6f1f6e2b11 because no identity-based policy allows the kms:Decrypt action (Service: AWSKMS; Status Code: 400)`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "a role that ECS can't take on: no task is ever made",
    source: "'ECS Service에서 …': ECS was unable to assume the role",
    causes: ["role-not-assumable"],
    mentions: [role],
    herring: "There is no stopped task to look at",
    deployment: failing(17, 0),
    running: [before()],
    events: [
      [
        2,
        `(service orders) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::${account}:role/${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.).`,
      ],
    ],
    logs: { app: quiet },
  },
  {
    title: "a pull by digest that the repository's policy refuses to this account",
    source: "AWS: The task can't pull the image; cross-account ECR",
    causes: ["execution-role-permission"],
    mentions: ["ecr:BatchGetImage"],
    deployment: failing(13),
    running: [before()],
    stopped: [
      notStarted(
        `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: pulling from host ${registry} failed with status code [manifests ${digest}]: 403 Forbidden - Server message: denied: User: ${roleSession} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:${region}:${account}:repository/fairlead/dev/orders because no resource-based policy allows the ecr:BatchGetImage action`,
      ),
    ],
    logs: { app: quiet },
  },
];
