import { cpuArchitectures, platforms } from "@fairlead/registry/platform";
import { Type, type Static } from "@sinclair/typebox";

const closed = { additionalProperties: false };
const oneOf = <T extends string>(values: readonly T[], options: object) => Type.Unsafe<T>(Type.String({ ...options, enum: [...values] }));

const serviceName = (description: string) =>
  Type.String({
    description,
    pattern: "^[a-z][a-z0-9-]*$",
    minLength: 2,
    // A target group's name may have 32 characters; Pulumi adds a hyphen and seven of its own.
    maxLength: 24,
  });

const build = Type.Object(
  {
    context: Type.Optional(Type.String({ description: "Folder that is sent to the build, relative to this file.", default: "." })),
    dockerfile: Type.Optional(Type.String({ description: "Dockerfile, relative to this file.", default: "Dockerfile" })),
    target: Type.Optional(Type.String({ description: "Stage to build. The last one by default." })),
    args: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: "Values for the Dockerfile's ARGs. They stay in the image's history: no secrets.",
      }),
    ),
    platforms: Type.Optional(
      Type.Array(oneOf(platforms, {}), {
        description: "Platforms to build. By default what runtimePlatform needs, which is nearly always right.",
        minItems: 1,
        uniqueItems: true,
      }),
    ),
  },
  { ...closed, description: "How the image is built." },
);

const routes = Type.Array(
  Type.Object(
    {
      path: Type.String({
        description: "Path pattern at the load balancer, such as /api/*.",
        pattern: "^/[A-Za-z0-9_.$/~\"'@:+&*?-]*$",
        maxLength: 128,
      }),
      service: Type.Optional(serviceName("Service that answers. This one by default.")),
    },
    closed,
  ),
  { description: "Paths of the environment's load balancer. Without any, only services that call this one reach it.", minItems: 1 },
);

/** Keys that a service has, and that an environment can override. */
const overridable = {
  build: Type.Optional(build),
  runtimePlatform: Type.Optional(
    Type.Object(
      {
        cpuArchitecture: Type.Optional(
          oneOf(cpuArchitectures, { description: "CPU of the task, and so of its image. The environment decides by default." }),
        ),
      },
      { ...closed, description: "What the task runs on, as in an ECS task definition." },
    ),
  ),
  cpu: Type.Optional(Type.Integer({ description: "CPU units of a task; 1024 are one vCPU.", default: 256 })),
  memoryMiB: Type.Optional(
    Type.Integer({ description: "Memory of a task in MiB. Fargate offers certain sizes for each cpu.", default: 512 }),
  ),
  desiredCount: Type.Optional(
    Type.Integer({ description: "Tasks to keep running. The environment decides by default.", minimum: 0, maximum: 5000 }),
  ),
  routes: Type.Optional(routes),
  healthCheck: Type.Optional(
    Type.Object(
      {
        path: Type.Optional(Type.String({ description: "Path that answers 2xx when the task can serve.", pattern: "^/", default: "/" })),
        intervalSeconds: Type.Optional(Type.Integer({ description: "Seconds between checks.", minimum: 5, maximum: 300, default: 15 })),
        timeoutSeconds: Type.Optional(
          Type.Integer({
            description: "Seconds until a check has failed; less than intervalSeconds.",
            minimum: 2,
            maximum: 120,
            default: 5,
          }),
        ),
      },
      { ...closed, description: "The load balancer's health check." },
    ),
  ),
  calls: Type.Optional(
    Type.Array(serviceName("Name of a service."), {
      description: "Services that this one calls. Each gives it <NAME>_URL and opens the other's port to it.",
      uniqueItems: true,
    }),
  ),
  environment: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), Type.String(), { description: "Environment variables. No secrets." }),
  ),
  stopTimeoutSeconds: Type.Optional(
    Type.Integer({ description: "Seconds between SIGTERM and SIGKILL.", minimum: 2, maximum: 120, default: 30 }),
  ),
};

const overrides = Type.Object(overridable, closed);

/** The schema of service.yaml: types, editor completion and checks come from it. */
export const serviceSchema = Type.Object(
  {
    name: serviceName("Name of the service, unique in the repository: 2 to 24 lower-case letters, digits and hyphens."),
    version: Type.Optional(
      Type.String({ description: "Version in the image's tag.", pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$", maxLength: 64, default: "0.0.0" }),
    ),
    containerPort: Type.Integer({ description: "Port that the program listens on.", minimum: 1, maximum: 65535 }),
    ...overridable,
    environments: Type.Optional(
      Type.Record(Type.String({ pattern: "^[a-z][a-z0-9-]*$" }), overrides, {
        description: "What differs in an environment. Maps merge; single values and lists replace.",
      }),
    ),
  },
  { ...closed, $schema: "http://json-schema.org/draft-07/schema#", title: "Fairlead service" },
);

/** What a service.yaml says, as written. */
export type ServiceManifest = Static<typeof serviceSchema>;
export type ServiceOverrides = Static<typeof overrides>;
