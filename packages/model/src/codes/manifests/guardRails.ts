import type { Explanations } from "../explanation";

/** What the platform team allows in an environment. */
export const guardRailCodes = {
  FL1032: {
    title: "size above a guard rail",
    meaning: "The task is larger than the platform team allows in this environment.",
    fix: "Make it smaller there, or ask the platform team: the message says where the guard rail is set.",
    example: "environments:\n  prod:\n    cpu: 2048",
  },
  FL1033: {
    title: "service without an owner",
    meaning: "The platform team asks each service in this environment for an owner, so that whoever is on call knows whom to wake.",
    fix: "Add it.",
    example: "owner: shop",
  },
  FL1034: {
    title: "service without a required tag",
    meaning: "The platform team asks each service in this environment for this tag.",
    fix: "Add it.",
    example: 'tags:\n  cost-center: "4711"',
  },
  FL1035: {
    title: "more tasks than a guard rail allows",
    meaning: "The service may have more tasks than the platform team allows in this environment.",
    fix: "Lower desiredCount, or scaling.maxCapacity.",
  },
  FL1050: {
    title: "secret in a manifest",
    meaning:
      "A variable, a build argument, an option of the log router, an argument or a label is a secret by its form: a private key, an access key of AWS, a token of GitHub, Slack or Stripe, a signed token (JWT), a URL with a password. " +
      "Its value is not printed. A variable that is shipped to browsers by its name, such as VITE_…, a public key, a digest or a reference such as $(NAME) is none.",
    consequence: "It stays in the repository's history, and whoever may describe the task definition reads it.",
    fix: 'Issue a new one, and write it under "secrets", or build.secrets for a build. Where it is known to everyone all the same, a comment behind the value says why.',
    example: "environment:\n  DEMO_URL: https://demo:demo1@example.com # not a secret: the public demo's login",
  },
  FL1051: {
    title: "what may be a secret in a manifest",
    meaning:
      "A variable has the name of a secret, such as *_PASSWORD, *_TOKEN or *_API_KEY, and a value; or a value that looks as random as a key. A warning: whether it is a secret only its author knows.",
    fix: 'Write it under "secrets". Where it is none, a comment behind the value says why, and the warning ends.',
    example: "environment:\n  SEARCH_API_KEY: 0123456789abcdef0123456789abcdef # not a secret: it may search, and nothing else",
  },
  FL1053: {
    title: "variable of the deployer that is not set",
    meaning:
      "A manifest has a variable of the environment of whoever deploys (`deployerVariables`), and it is not set where the stack's program runs.",
    consequence: "What has it in its text would be deployed with the text ${NAME}.",
    fix: "Set it for the command, or under env in the workflow. Where its value is always the same, write that into the manifest.",
    example: "IMAGE_TAG=1.4.2 pulumi up -s prod",
  },
  FL1054: {
    title: "composed of a variable that is not there",
    meaning: "`composedEnvironment` makes a variable of one that the service does not have, or of a secret.",
    fix: "Name a variable that environment, calls or uses brings. What has a secret in it the program puts together, or `url` of a postgres has it.",
    example: 'composedEnvironment:\n  ENDPOINT: "${ORDERS_HOST}:${ORDERS_PORT}"',
  },
  FL1055: {
    title: "address of a service that nobody outside reaches",
    meaning:
      "`publicUrls` gives a service the address at which others find one that has neither `routes` nor `tcp`: no load balancer leads to it.",
    fix: "Give it a route. Where a service calls it, `calls` brings its URL inside of the network.",
    example: "publicUrls:\n  FRONTEND_URL: storefront",
  },
} satisfies Explanations<"FL10">;
