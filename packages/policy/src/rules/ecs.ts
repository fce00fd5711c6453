import { ifKnown } from "../knownValues";
import type { PlanIndex } from "../planIndex";
import { each, expectInput, type Rule, type Violation } from "../rule";

const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";

interface Container {
  name: string;
  user?: string;
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  environment?: { name: string }[];
  logConfiguration?: { logDriver?: string };
  firelensConfiguration?: object;
}

/** A rule on each container of each task definition. */
function eachContainer(control: string, title: string, fix: string, check: (container: Container) => string | undefined): Rule {
  const find = (plan: PlanIndex): Violation[] =>
    plan.ofType(taskDefinition).flatMap((resource) =>
      (ifKnown(() => plan.json<Container[]>(resource, "containerDefinitions")) ?? []).flatMap((container) => {
        const problem = ifKnown(() => check(container));
        return problem ? [{ resource, problem: `container ${container.name}: ${problem}` }] : [];
      }),
    );
  return { control, title, asks: `of each container of each ${taskDefinition}`, fix, check: find };
}

const credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html */
export const ecsRules: Rule[] = [
  each(
    "ECS.2",
    "Services give their tasks no public address",
    service,
    "Leave it false: tasks are reached by a load balancer.",
    ({ inputs }) => {
      const network = inputs.networkConfiguration as { assignPublicIp?: boolean } | undefined;
      return network?.assignPublicIp === true && "assignPublicIp is true";
    },
  ),
  each(
    "ECS.3",
    "Tasks do not share the host's process namespace",
    taskDefinition,
    "Remove pidMode, or set it to task.",
    ({ inputs }) => inputs.pidMode === "host" && "pidMode is host: tasks see each other's processes",
  ),
  eachContainer("ECS.4", "Containers are not privileged", "Remove privileged.", ({ privileged }) =>
    privileged ? "privileged: it is root on the host" : undefined,
  ),
  eachContainer(
    "ECS.5",
    "Containers can't write their root file system",
    "Remove readonlyRootFilesystem: false, and declare writableMounts.",
    ({ readonlyRootFilesystem }) => (readonlyRootFilesystem === true ? undefined : "readonlyRootFilesystem is not true"),
  ),
  eachContainer(
    "ECS.8",
    "No AWS credentials in environment variables",
    "Remove it: the task role gives credentials.",
    ({ environment = [] }) => {
      const found = environment.map(({ name }) => name).filter((name) => credentials.includes(name));
      return found.length > 0 ? `environment has ${found.join(", ")}` : undefined;
    },
  ),
  eachContainer("ECS.9", "Containers log", "Give it a log driver.", ({ logConfiguration }) =>
    logConfiguration?.logDriver ? undefined : "no logConfiguration: nobody will know why it died",
  ),
  each(
    "ECS.10",
    "Fargate services run on the latest platform version",
    service,
    "Remove platformVersion: LATEST is the default.",
    ({ inputs: { platformVersion } }) =>
      platformVersion === undefined || platformVersion === "LATEST" ? undefined : `platformVersion is ${String(platformVersion)}`,
  ),
  each("ECS.12", "Clusters have Container Insights", "aws:ecs/cluster:Cluster", "Set containerInsights to enhanced.", ({ inputs }) => {
    const settings = (inputs.settings ?? []) as { name?: string; value?: string }[];
    const value = settings.find(({ name }) => name === "containerInsights")?.value;
    return value === "enabled" || value === "enhanced" ? undefined : `containerInsights is ${value ?? "not set"}`;
  }),
  each(
    "ECS.17",
    "Tasks do not use the host's network",
    taskDefinition,
    "Use awsvpc.",
    ({ inputs }) => inputs.networkMode === "host" && "networkMode is host: the task is behind no security group of its own",
  ),
  eachContainer(
    "ECS.20",
    "Containers run as a user that is not root",
    "Set user to a number above 0, such as 1000:1000.",
    ({ user, firelensConfiguration }) => {
      // ECS takes a log router as root alone.
      if (firelensConfiguration || (user && !/^(root|0)(:|$)/.test(user))) return undefined;
      return user ? `user is ${user}` : "user is not set";
    },
  ),
  expectInput(
    "FL.ECS.1",
    "Deployments that fail are rolled back",
    service,
    "deploymentCircuitBreaker.rollback",
    [true],
    "Set rollback to true.",
  ),
];
