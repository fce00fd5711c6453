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
}

/** A rule on each container of each task definition. */
function eachContainer(
  control: string,
  title: string,
  check: (container: Container) => { problem: string; fix: string } | undefined,
): Rule {
  const find = (plan: PlanIndex): Violation[] =>
    plan.ofType(taskDefinition).flatMap((resource) =>
      (ifKnown(() => plan.json<Container[]>(resource, "containerDefinitions")) ?? []).flatMap((container) => {
        const found = ifKnown(() => check(container));
        return found ? [{ resource, problem: `container ${container.name}: ${found.problem}`, fix: found.fix }] : [];
      }),
    );
  return { control, title, check: find };
}

const credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html */
export const ecsRules: Rule[] = [
  each("ECS.2", "Services give their tasks no public address", service, ({ inputs }) => {
    const network = inputs.networkConfiguration as { assignPublicIp?: boolean } | undefined;
    return (
      network?.assignPublicIp === true && {
        problem: "assignPublicIp is true",
        fix: "Leave it false: tasks are reached by a load balancer.",
      }
    );
  }),
  each(
    "ECS.3",
    "Tasks do not share the host's process namespace",
    taskDefinition,
    ({ inputs }) =>
      inputs.pidMode === "host" && {
        problem: "pidMode is host: tasks see each other's processes",
        fix: "Remove pidMode, or set it to task.",
      },
  ),
  eachContainer("ECS.4", "Containers are not privileged", ({ privileged }) =>
    privileged ? { problem: "privileged: it is root on the host", fix: "Remove privileged." } : undefined,
  ),
  eachContainer("ECS.5", "Containers can't write their root file system", ({ readonlyRootFilesystem }) =>
    readonlyRootFilesystem === true
      ? undefined
      : { problem: "readonlyRootFilesystem is not true", fix: "Remove readonlyRootFilesystem: false, and declare writableMounts." },
  ),
  eachContainer("ECS.8", "No AWS credentials in environment variables", ({ environment = [] }) => {
    const found = environment.map(({ name }) => name).filter((name) => credentials.includes(name));
    return found.length > 0
      ? { problem: `environment has ${found.join(", ")}`, fix: "Remove it: the task role gives credentials." }
      : undefined;
  }),
  eachContainer("ECS.9", "Containers log", ({ logConfiguration }) =>
    logConfiguration?.logDriver
      ? undefined
      : { problem: "no logConfiguration: nobody will know why it died", fix: "Give it a log driver." },
  ),
  each("ECS.10", "Fargate services run on the latest platform version", service, ({ inputs: { platformVersion } }) =>
    platformVersion === undefined || platformVersion === "LATEST"
      ? undefined
      : { problem: `platformVersion is ${String(platformVersion)}`, fix: "Remove platformVersion: LATEST is the default." },
  ),
  each("ECS.12", "Clusters have Container Insights", "aws:ecs/cluster:Cluster", ({ inputs }) => {
    const settings = (inputs.settings ?? []) as { name?: string; value?: string }[];
    const value = settings.find(({ name }) => name === "containerInsights")?.value;
    return value === "enabled" || value === "enhanced"
      ? undefined
      : { problem: `containerInsights is ${value ?? "not set"}`, fix: "Set containerInsights to enhanced." };
  }),
  each(
    "ECS.17",
    "Tasks do not use the host's network",
    taskDefinition,
    ({ inputs }) =>
      inputs.networkMode === "host" && {
        problem: "networkMode is host: the task is behind no security group of its own",
        fix: "Use awsvpc.",
      },
  ),
  eachContainer("ECS.20", "Containers run as a user that is not root", ({ user }) =>
    user && !/^(root|0)(:|$)/.test(user)
      ? undefined
      : { problem: user ? `user is ${user}` : "user is not set", fix: "Set user to a number above 0, such as 1000:1000." },
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
