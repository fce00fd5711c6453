import { manifestNames, portRange } from "@fairlead/model";
import { Type, type Static } from "@sinclair/typebox";

import { build } from "./build";
import { capacityKeys } from "./capacity";
import { containerKeys, sidecars } from "./container";
import { jobKeys, operationKeys } from "./operation";
import { permissions } from "./permissions";
import { trafficKeys } from "./traffic";
import { closed, named, oneOf, serviceName } from "./typebox";

/** What a service is. */
export const serviceKinds = ["web-service", "backend-service", "worker", "scheduled-job", "job"] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Keys that a service has, and that an environment can override. */
const overridable = {
  containerPort: Type.Optional(Type.Integer({ description: "Port that the program listens on.", ...portRange })),
  build: Type.Optional(build),
  image: Type.Optional(
    Type.String({
      description:
        "Image that others build, instead of build: registry/repository:version, better with a digest. A version is pinned to the digest that it has when it is first deployed.",
      minLength: 1,
    }),
  ),
  ...capacityKeys,
  ...trafficKeys,
  permissions: Type.Optional(permissions),
  ...containerKeys,
  cloudFormationExports: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), Type.String({ minLength: 1, maxLength: 255 }), {
      description:
        "Variables whose values other stacks of CloudFormation's export, each with the name of the export. It is looked up in each preview and `up`, which fails where there is none.",
    }),
  ),
  composedEnvironment: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), Type.String(), {
      description:
        'Variables that are made of others which the service has: those under environment, and what calls and uses bring but for secrets. In { ENDPOINT: "${ORDERS_HOST}:${ORDERS_PORT}" } each name stands for that variable\'s value.',
    }),
  ),
  sidecars: Type.Optional(sidecars),
  ...operationKeys,
  ...jobKeys,
  deployerVariables: Type.Optional(
    Type.Record(
      Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }),
      Type.Object(
        {
          default: Type.Optional(
            Type.String({ description: "Its value where it is not set. Without one it has to be set wherever the stack is planned." }),
          ),
        },
        closed,
      ),
      {
        description:
          "Variables of the environment of whoever deploys, by name: they stand in texts of this manifest as ${NAME}. What they hold is in the plan and in the state: no secrets.",
      },
    ),
  ),
  tags: Type.Optional(
    Type.Record(Type.String({ pattern: "^(?!aws:)[A-Za-z0-9 ._:/=+@-]{1,128}$" }), Type.String({ maxLength: 256 }), {
      description: "Tags of the service's AWS resources, and of its tasks. AWS allows 50; a few are set already.",
      maxProperties: 40,
    }),
  ),
};

const overrides = Type.Object(overridable, closed);

/** The schema of service.yaml: types, editor completion and checks come from it. */
export const serviceSchema = Type.Object(
  {
    name: serviceName(`Name of the service, unique in the repository: ${manifestNames.service.allowed}.`),
    version: Type.Optional(
      Type.String({ description: "Version in the image's tag.", pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$", maxLength: 64, default: "0.0.0" }),
    ),
    owner: Type.Optional(
      named(
        manifestNames.owner,
        `Team that answers for the service: ${manifestNames.owner.allowed}. Its AWS resources have it as the tag owner.`,
      ),
    ),
    kind: Type.Optional(
      oneOf(serviceKinds, {
        description:
          "web-service is reached through a load balancer or by other services; backend-service by other services only; worker works off " +
          "a queue; scheduled-job runs on time; job runs once for each new image, before others.",
        default: "web-service",
      }),
    ),
    ...overridable,
    environments: Type.Optional(
      Type.Record(Type.String({ pattern: "^[a-z][a-z0-9-]*$" }), overrides, {
        description:
          "What differs in an environment. Maps merge, single values and lists replace, and of forms that exclude each other the environment's counts.",
      }),
    ),
  },
  { ...closed, $schema: "http://json-schema.org/draft-07/schema#", title: "Fairlead service" },
);

/** What a service.yaml says, as written. */
export type ServiceManifest = Static<typeof serviceSchema>;
export type ServiceOverrides = Static<typeof overrides>;
