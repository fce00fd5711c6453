import type { Ecs, Service, ServiceDeployment, ServiceRevision, Task } from "../src";

/** ECS's answers about one service, which each reading may move on, and what it was asked to do. */
export class ScriptedEcs {
  /** Undefined where it was deleted. */
  service?: Service = { status: "ACTIVE" };
  /** What an operation is refused with. */
  readonly refusals: Record<string, Error | undefined> = {};
  deployments: ServiceDeployment[] = [];
  /** ARNs of deployments that are there and not listed yet. */
  readonly unlisted = new Set<string>();
  readonly revisions: ServiceRevision[] = [];
  tasks: Task[] = [];
  readonly updates: object[] = [];
  calls = 0;
  /** Called before each reading of a deployment. */
  onDescribe: () => void = () => undefined;
  /** What a further `UpdateService` leads to. */
  onUpdate: (taskDefinition: string) => void = () => undefined;

  readonly ecs = { send: async (command: object) => this.answer(command as Command) } as unknown as Ecs;

  deploy(taskDefinition: string, status: ServiceDeployment["status"], more: Partial<ServiceDeployment> = {}): ServiceDeployment {
    const number = this.deployments.length + 1;
    const serviceRevisionArn = `arn:revision/${number}`;
    this.revisions.push({ serviceRevisionArn, taskDefinition });
    const deployment: ServiceDeployment = {
      serviceDeploymentArn: `arn:deployment/${number}`,
      createdAt: new Date(number * 1000),
      status,
      targetServiceRevision: { arn: serviceRevisionArn, requestedTaskCount: 2, runningTaskCount: 0, pendingTaskCount: 2 },
      ...more,
    };
    this.deployments.push(deployment);
    return deployment;
  }

  private answer({ constructor: { name }, input }: Command): object {
    this.calls++;
    const refusal = this.refusals[name.replace(/Command$/, "")];
    if (refusal) throw refusal;
    switch (name) {
      case "DescribeServicesCommand":
        return { services: this.service ? [this.service] : [] };
      case "ListServiceDeploymentsCommand":
        return {
          serviceDeployments: this.deployments.flatMap(({ serviceDeploymentArn }) =>
            this.unlisted.has(serviceDeploymentArn!) ? [] : { serviceDeploymentArn },
          ),
        };
      case "DescribeServiceDeploymentsCommand": {
        this.onDescribe();
        const wanted = input.serviceDeploymentArns as string[];
        return { serviceDeployments: this.deployments.filter(({ serviceDeploymentArn }) => wanted.includes(serviceDeploymentArn!)) };
      }
      case "DescribeServiceRevisionsCommand": {
        const wanted = input.serviceRevisionArns as string[];
        return { serviceRevisions: this.revisions.filter(({ serviceRevisionArn }) => wanted.includes(serviceRevisionArn!)) };
      }
      case "UpdateServiceCommand":
        this.updates.push(input);
        this.onUpdate(input.taskDefinition as string);
        return {};
      case "ListTasksCommand": {
        const from = Number(input.nextToken ?? 0);
        const to = from + (input.maxResults as number);
        const taskArns = this.tasks.slice(from, to).map(({ taskArn }) => taskArn);
        return { taskArns, ...(to < this.tasks.length && { nextToken: String(to) }) };
      }
      case "DescribeTasksCommand": {
        const wanted = input.tasks as string[];
        if (wanted.length > 100) throw new Error("Tasks cannot have more than 100 elements.");
        return { tasks: this.tasks.filter(({ taskArn }) => wanted.includes(taskArn!)) };
      }
      default:
        throw new Error(`${name} is not answered here`);
    }
  }
}

interface Command {
  constructor: { name: string };
  input: Record<string, unknown>;
}
