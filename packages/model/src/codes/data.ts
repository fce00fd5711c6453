import type { Explanations } from "./explanation";

/** What can go wrong with what services bind to. */
export const dataCodes = {
  FL2501: {
    title: "database did not take a service's role",
    meaning:
      "Each service has a role of its own in the databases that it uses. `up` makes it by RDS's Data API, as the administrator, and the database or AWS refused that.",
    consequence: "The transaction was rolled back. Services that wait for the role keep running what they run.",
    fix:
      "The message has the name of the error and what PostgreSQL or AWS says. AccessDeniedException: who runs `up` needs rds-data's actions and both secrets. " +
      "HttpEndpointNotEnabledException after a database was made from a snapshot: the provider switches the Data API on with the next `up`, so run it again. " +
      "A statement that PostgreSQL refuses is most often an object of the administrator's that can belong to nobody else, such as an event trigger: drop it, or make it after each `up`.",
  },
  FL2502: {
    title: "secret that can't be looked up",
    meaning:
      "A manifest names a secret of Secrets Manager by its name, and AWS does not tell its ARN: there is none of that name in the stack's account and region, or whoever runs `up` may not describe it.",
    consequence: "Nothing that needs it was changed: a task that can't read its secrets does not start.",
    fix: "The message has AWS's own words. Make the secret (`aws secretsmanager create-secret --name …`) before the first `up`, or name one of another account by its ARN.",
    example: "secrets:\n  TOKEN: { secretsManager: shop/token }",
  },
  FL2503: {
    title: "version of a secret that can't be asked",
    meaning:
      "A secret has `redeployOnChange`, and AWS does not tell which version of it is current: there is no such secret, or whoever runs `up` or the preview may not describe it.",
    consequence:
      "Where the service was deployed with a version before, this is a warning: it stays with that, and the secret deploys nothing. Where the secret is new to it, `up` fails before the service is changed.",
    fix: "Allow what the message names, `secretsmanager:DescribeSecret` or `ssm:DescribeParameters`; neither tells a value. Or remove redeployOnChange: Parameter Store describes no parameter of another account to you.",
    example: "secrets:\n  TOKEN: { ssm: /shop/token, redeployOnChange: true }",
  },
} satisfies Explanations<"FL25">;
