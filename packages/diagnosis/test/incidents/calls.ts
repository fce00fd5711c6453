import type { Sketch } from "./sketch";
import { account, before, exited, failing, healthy, inconsistent, quiet, region, secretArn, started, steady, targetGroup } from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)] };
const session = `arn:aws:sts::${account}:assumed-role/orders-task/259ab992ff9d4af08a4fc104adda511d`;

/** What the program asks of AWS and of others. */
export const calls: Sketch[] = [
  {
    ...crash,
    title: "the task's role may not read its queue",
    source: "SQS: AccessDenied; boto3's words",
    causes: ["task-role-permission"],
    mentions: ["sqs:ReceiveMessage"],
    stopped: [exited(1)],
    logs: {
      app: [
        `botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ReceiveMessage operation: User: ${session} is not authorized to perform: sqs:receivemessage on resource: arn:aws:sqs:${region}:${account}:orders because no identity-based policy allows the sqs:ReceiveMessage action`,
      ],
    },
  },
  {
    ...crash,
    title: "a bucket answers 403, in Java's words",
    source: "AWS SDK for Java 2: S3Exception … Access Denied",
    causes: ["task-role-permission"],
    mentions: ["s3:GetObject"],
    herring: "The execution role is right; it is the other one",
    stopped: [exited(1)],
    logs: {
      app: [
        `software.amazon.awssdk.services.s3.model.S3Exception: User: ${session} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::orders-config/app.yaml" because no identity-based policy allows the s3:GetObject action (Service: S3, Status Code: 403, Request ID: 4WX1)`,
      ],
    },
  },
  {
    title: "forty tasks start at once and each asks Parameter Store: throttled",
    source: "SSM: ThrottlingException, Rate exceeded",
    causes: ["calls-throttled"],
    mentions: ["ThrottlingException"],
    desired: 40,
    deployment: failing(8, 12),
    running: [before(40), healthy(22, { age: 4, log: { app: quiet } })],
    stopped: [exited(1, { times: 6 })],
    events: [started(3, 6)],
    logs: {
      app: [
        "ThrottlingException: Rate exceeded",
        "    at SSMClient.GetParametersByPath (/app/node_modules/@aws-sdk/client-ssm/dist-cjs/index.js:1:1)",
      ],
    },
  },
  {
    ...crash,
    title: "a password in an address of the log, beside a name that doesn't resolve",
    source: "SQLAlchemy prints what it was given",
    causes: ["unresolvable-name"],
    mentions: ["postgres.internal"],
    planted: ["hunter2-planted"],
    stopped: [exited(1)],
    logs: {
      app: [
        "connecting to postgresql://orders:hunter2-planted@postgres.internal:5432/orders",
        'OperationalError: could not translate host name "postgres.internal" to address: Name or service not known',
      ],
    },
  },
  {
    ...crash,
    title: "the database's security group lets nobody in",
    source: "Django: connection timeout expired; 'the security group chain in Architecture'",
    causes: ["dependency-unreachable"],
    mentions: ["5432"],
    stopped: [exited(1)],
    logs: {
      app: ['django.db.utils.OperationalError: connection failed: connection to server at "10.0.21.14", port 5432 failed: timeout expired'],
    },
  },
  {
    ...crash,
    title: "Redis wants TLS; the connection is reset, and the program gives up after ten tries",
    source: "ioredis: MaxRetriesPerRequestError",
    causes: [["dependency-unreachable", "crash-at-start"]],
    mentions: ["MaxRetriesPerRequestError"],
    stopped: [exited(1)],
    logs: {
      app: [
        "[ioredis] Unhandled error event: Error: read ECONNRESET",
        "MaxRetriesPerRequestError: Reached the max retries per request limit (which is 20).",
      ],
    },
  },
  {
    title: "ECS may not register targets any more",
    source: "AWS: Troubleshooting Amazon ECS blue/green deployments, 'failed to register targets in target-group'",
    causes: ["service-linked-role"],
    mentions: ["elasticloadbalancing:RegisterTargets"],
    herring: "Tasks run, and no target is unhealthy: there are none",
    deployment: failing(26, 0),
    running: [{ times: 2, age: 20 }],
    events: [
      [
        3,
        `(service orders) failed to register targets in (target-group ${targetGroup}) with (error User: arn:aws:sts::${account}:assumed-role/AWSServiceRoleForECS/ecs-service-scheduler is not authorized to perform: elasticloadbalancing:RegisterTargets on resource: ${targetGroup} because no identity-based policy allows the elasticloadbalancing:RegisterTargets action).`,
      ],
    ],
    logs: { app: ["Listening on 0.0.0.0:8080"] },
  },
  {
    title: "the secret's key was disabled",
    source: "Secrets Manager's GetSecretValue: DecryptionFailure",
    causes: ["kms-denied"],
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: secretArn("orders/database") } }],
    secrets: { "orders/database": { keys: ["url"], key: "8c1f5c3e-7a51-4f6f-9a53-0d6f1f6e2b11", keyDisabled: true } },
    deployment: steady(),
    running: [healthy(1)],
    stopped: [
      {
        ...{ times: 2, age: 9, stoppedAgo: 7 },
        stop: [
          "TaskFailedToStart",
          `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn("orders/database")} from secrets manager: DecryptionFailure: Secrets Manager can't decrypt the protected secret text using the provided KMS key.`,
        ],
      },
    ],
    logs: { app: quiet },
  },
];
