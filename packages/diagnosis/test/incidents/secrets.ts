import type { Sketch } from "./sketch";
import { before, failing, failed, healthy, notStarted, parameterArn, quiet, rolledBack, secretArn, steady, unplaced } from "./words";

const retrieval = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
const database = secretArn("orders/database");
const fetch = `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${database} from secrets manager:`;
const app = (valueFrom: string) => [{ name: "app", port: 8080, secrets: { DATABASE_URL: valueFrom } }];

/** Secrets that are missing, or without what is asked of them. */
export const secrets: Sketch[] = [
  {
    title: "the secret is not there",
    source: "playstudy's 'AWS Secrets Manager Setup Guide'",
    causes: ["secret-missing"],
    mentions: ["orders/database"],
    containers: app(database),
    secrets: { "orders/database": { missing: true } },
    deployment: failing(),
    running: [before()],
    stopped: [notStarted(`${fetch} ResourceNotFoundException: Secrets Manager can't find the specified secret.`)],
    logs: { app: quiet },
  },
  {
    title: "the secret is there and was never given a value",
    source: "church-cms: 'can't find the specified secret value for staging label: AWSCURRENT'",
    causes: ["secret-missing"],
    herring: "DescribeSecret answers: the secret exists",
    containers: app(database),
    secrets: { "orders/database": {} },
    deployment: failing(),
    running: [before()],
    stopped: [
      notStarted(`${fetch} ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT`),
    ],
    logs: { app: quiet },
  },
  {
    title: "the secret waits for its deletion",
    source: "Secrets Manager's InvalidRequestException",
    causes: ["secret-missing"],
    mentions: ["orders/database"],
    containers: app(database),
    secrets: { "orders/database": { deleted: true, keys: ["url"] } },
    deployment: steady(),
    running: [healthy(1)],
    stopped: [
      notStarted(`${fetch} InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.`),
    ],
    logs: { app: quiet },
  },
  {
    title: "the JSON has no such key",
    source: "quiltdata/benchling-webhook: app_definition_id",
    causes: ["secret-key-missing"],
    mentions: ["password"],
    containers: app(`${database}:password::`),
    secrets: { "orders/database": { keys: ["username", "host", "port"] } },
    deployment: failing(40, 8),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password`,
      ),
    ],
    events: [
      unplaced(
        3,
        `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key password`,
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "a key of a secret that is plain text",
    source: "'ECS でコンテナ起動がコケたら …': invalid character 'p' in literal true",
    causes: ["secret-key-missing"],
    containers: app(`${database}:url::`),
    secrets: { "orders/database": { text: true } },
    deployment: rolledBack(12),
    running: [before()],
    stopped: [
      notStarted(
        `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: invalid character 'p' in literal true (expecting 'r')`,
        { stoppedAgo: 15 },
      ),
    ],
    events: [
      ...failed(12),
      unplaced(
        14,
        "ResourceInitializationError: unable to pull secrets or registry auth: ... invalid character 'p' in literal true (expecting 'r').",
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "a parameter that is not there",
    source: "wishkit: 'invalid ssm parameters: /wishkit/parsing-engine/gemini-api-key'",
    causes: ["secret-missing"],
    mentions: ["/orders/api-key"],
    containers: app(parameterArn("/orders/api-key")),
    parameters: { "/orders/api-key": "missing" },
    deployment: failing(),
    running: [before()],
    stopped: [
      notStarted(
        `${retrieval} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /orders/api-key`,
      ),
    ],
    logs: { app: quiet },
  },
];
