import { containerHealthCheckValues, containerValues, portRange, secretValues } from "@fairlead/model";
import { Type } from "@sinclair/typebox";

import { closed, oneOf, options, variables } from "./typebox";

const secret = options(
  {
    secretsManager: Type.String({ description: "Name or ARN of a secret of Secrets Manager.", minLength: 1 }),
    jsonKey: Type.String({ description: "One key of the secret, where it holds JSON.", minLength: 1 }),
    ssm: Type.String({ description: "Name, beginning with /, or ARN of a parameter of SSM's Parameter Store.", minLength: 1 }),
    cloudFormationExport: Type.String({
      description: "Name of what another CloudFormation stack exports: the ARN of a secret of Secrets Manager.",
      minLength: 1,
    }),
    kmsKeyArn: Type.String({
      description:
        "ARN of the KMS key that it is encrypted with, if it is one of yours. Looked up by default for a secretsManager that is a name.",
      pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+$",
    }),
    redeployOnChange: Type.Boolean({
      description:
        "Whether an up deploys the service anew when the secret has another version than the one that it was deployed with. Not by default: an up then deploys what was changed in the repository, and tasks that start later read the new value anyway.",
      ...secretValues.redeployOnChange,
    }),
  },
  "Where ECS reads the value as it starts the task. One of secretsManager, ssm and cloudFormationExport.",
);

const repositoryCredentials = options(
  {
    secretsManager: Type.String({
      description: "Name or ARN of a secret of Secrets Manager: JSON with username and password of the registry.",
      minLength: 1,
    }),
    kmsKeyArn: secret.properties.kmsKeyArn,
  },
  "Login with which ECS pulls the image from a private registry that is not ECR. Whoever runs up needs one as well, by docker login.",
);

const containerHealthCheck = Type.Object(
  {
    command: Type.Array(Type.String(), {
      description: 'Program and arguments; ["CMD-SHELL", …] needs a shell in the image, ["NONE"] is no check.',
      minItems: 1,
    }),
    intervalSeconds: Type.Optional(Type.Integer({ description: "Seconds between checks.", ...containerHealthCheckValues.intervalSeconds })),
    timeoutSeconds: Type.Optional(
      Type.Integer({
        description: "Seconds until a check has failed; less than intervalSeconds.",
        ...containerHealthCheckValues.timeoutSeconds,
      }),
    ),
    retries: Type.Optional(
      Type.Integer({ description: "Failures in a row that make it unhealthy.", ...containerHealthCheckValues.retries }),
    ),
    startPeriodSeconds: Type.Optional(
      Type.Integer({
        description: "Seconds after the start in which failures don't count.",
        ...containerHealthCheckValues.startPeriodSeconds,
      }),
    ),
  },
  {
    ...closed,
    description:
      "Health check that ECS runs inside the container. Exit code 0 is healthy. By default the HEALTHCHECK of the service's Dockerfile.",
  },
);

const command = (description: string) => Type.Array(Type.String(), { description, minItems: 1 });

/** Keys of every container: the service's own and its sidecars. */
export const containerKeys = {
  repositoryCredentials: Type.Optional(repositoryCredentials),
  entryPoint: Type.Optional(command("Replaces the image's ENTRYPOINT.")),
  command: Type.Optional(command("Replaces the image's CMD.")),
  workingDirectory: Type.Optional(
    Type.String({ description: "Folder that the program starts in. By default the WORKDIR of the image's Dockerfile.", pattern: "^/" }),
  ),
  environment: Type.Optional(
    variables(
      Type.String(),
      "Environment variables. No secrets. A shell that starts the program may leave out names with dots or hyphens.",
    ),
  ),
  secrets: Type.Optional(variables(secret, "Environment variables whose values ECS reads as it starts the task.")),
  user: Type.Optional(
    Type.String({
      description:
        "User, or user:group, that it runs as; better not root. image leaves it to the USER of the image's Dockerfile, and root where that names none.",
      minLength: 1,
      ...containerValues.user,
    }),
  ),
  readonlyRootFilesystem: Type.Optional(
    Type.Boolean({ description: "Whether the image's files can't be written.", ...containerValues.readonlyRootFilesystem }),
  ),
  writableMounts: Type.Optional(
    Type.Array(Type.String({ pattern: "^/." }), {
      description:
        "Folders that can be written, new at each start. The image must declare each as a VOLUME that belongs to user: on Fargate another is root's, and up warns of it.",
      uniqueItems: true,
    }),
  ),
  mountPoints: Type.Optional(
    Type.Array(
      Type.Object(
        {
          sourceVolume: Type.String({
            description: "Name of the volume: a file system's under uses, or one of your own, which every container has that names it.",
            pattern: "^[A-Za-z0-9_-]{1,255}$",
          }),
          containerPath: Type.String({ description: "Folder that it is at.", pattern: "^/." }),
          readOnly: Type.Optional(Type.Boolean({ description: "Whether this container can't write to it.", default: false })),
        },
        closed,
      ),
      {
        description:
          "Folders that the containers of a task share. A volume of your own goes with the task, and is root's at first: on Fargate it begins as a copy of the folder of an image that declares it as a VOLUME.",
        minItems: 1,
      },
    ),
  ),
  containerHealthCheck: Type.Optional(containerHealthCheck),
  stopTimeoutSeconds: Type.Optional(
    Type.Integer({ description: "Seconds between SIGTERM and SIGKILL.", ...containerValues.stopTimeoutSeconds }),
  ),
  ulimits: Type.Optional(
    Type.Array(
      Type.Object({ name: Type.String(), softLimit: Type.Integer({ minimum: 0 }), hardLimit: Type.Integer({ minimum: 0 }) }, closed),
      { description: "Limits of the container's processes. On Fargate nofile alone." },
    ),
  ),
  initProcessEnabled: Type.Optional(
    Type.Boolean({ description: "An init process that reaps zombies and forwards signals.", ...containerValues.initProcessEnabled }),
  ),
  dockerLabels: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: "Labels of the container, which agents such as a log router read." }),
  ),
  dependsOn: Type.Optional(
    Type.Record(Type.String(), oneOf(["START", "COMPLETE", "SUCCESS", "HEALTHY"], {}), {
      description: "Containers of the task that must be in a state before this one starts.",
    }),
  ),
};

/** Containers beside the service's own. */
export const sidecars = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9_-]+$" }),
  Type.Object(
    {
      image: Type.String({
        description: "Reference with a digest or a version. Of latest, or no tag, the digest of the first deployment is kept.",
        minLength: 1,
      }),
      containerPort: Type.Optional(Type.Integer({ description: "Port that it listens on.", ...portRange })),
      essential: Type.Optional(Type.Boolean({ description: "Whether the task ends with it.", ...containerValues.essential })),
      cpu: Type.Optional(Type.Integer({ description: "CPU units of the task's that are its own.", minimum: 0 })),
      memoryMiB: Type.Optional(Type.Integer({ description: "Memory in MiB at which it is killed.", minimum: 6 })),
      ...containerKeys,
    },
    closed,
  ),
  { description: "Containers beside the service's own, in the same task." },
);
