/** How a deployment ends; `never` goes on for as long as somebody asks. */
export type DeploymentEnd = "SUCCESSFUL" | "STOPPED" | "ROLLBACK_SUCCESSFUL" | "ROLLBACK_FAILED" | "never";

interface Deployment {
  serviceDeploymentArn: string;
  createdAt: number;
  strategy: string;
  /** What it goes through, one each time that somebody asks. */
  statuses: string[];
  statusReason?: string;
  from: string;
  to: string;
  /** What ECS runs once it was rolled back. */
  back: string;
}

const rollback = ["ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"];
const begin = ["PENDING", "IN_PROGRESS"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
const lifecycles: Record<DeploymentEnd, string[]> = {
  SUCCESSFUL: [...begin, "SUCCESSFUL"],
  STOPPED: [...begin, "STOP_REQUESTED", "STOPPED"],
  ROLLBACK_SUCCESSFUL: [...begin, ...rollback, "ROLLBACK_SUCCESSFUL"],
  ROLLBACK_FAILED: [...begin, ...rollback, "ROLLBACK_FAILED"],
  never: begin,
};

const base = "arn:aws:ecs:us-east-1:123456789012";

/** As much of ECS as is asked about one service: which task definition it runs, and how its deployments went. */
export class FakeEcs {
  private deployments: Deployment[] = [];
  /** Whether ECS still has what it was created with; a service that was deleted stays INACTIVE for a while. */
  readonly statuses: Record<string, string> = {};

  constructor(private taskDefinition = revision(1)) {}

  /** What an `UpdateService` begins. @param back what a rollback leads to: what ran before, unless a test wants otherwise */
  deploy(
    to: string,
    end: DeploymentEnd,
    { strategy = "ROLLING", statusReason, back }: { strategy?: string; statusReason?: string; back?: string } = {},
  ) {
    const number = this.deployments.length + 1;
    const serviceDeploymentArn = `${base}:service-deployment/c/api/${number}`;
    const from = this.taskDefinition;
    const deployment = { serviceDeploymentArn, createdAt: 1_700_000_000 + number, strategy, statuses: [...lifecycles[end]], from, to };
    this.deployments.push({ ...deployment, statusReason, back: back ?? from });
    this.taskDefinition = to;
  }

  answer(operation: string, input: Record<string, string[] | string>): object {
    switch (operation) {
      case "DescribeServices": {
        const [name] = input.services as string[];
        return { services: [{ serviceName: name, status: this.statuses[name!] ?? "ACTIVE", ...this.rollout() }] };
      }
      case "DescribeClusters": {
        const [name] = input.clusters as string[];
        return { clusters: [{ clusterName: name, status: this.statuses[name!] ?? "ACTIVE" }] };
      }
      case "DescribeTaskDefinition": {
        const name = input.taskDefinition as string;
        return { taskDefinition: { taskDefinitionArn: name, status: this.statuses[name] ?? "ACTIVE" } };
      }
      // In pages, and in no order that is promised.
      case "ListServiceDeployments": {
        const index = Number(input.nextToken ?? 0);
        const { serviceDeploymentArn, createdAt } = this.deployments[index] ?? {};
        const nextToken = index + 1 < this.deployments.length ? String(index + 1) : undefined;
        return { serviceDeployments: serviceDeploymentArn ? [{ serviceDeploymentArn, createdAt }] : [], nextToken };
      }
      case "DescribeServiceDeployments":
        return {
          serviceDeployments: this.deployments
            .filter(({ serviceDeploymentArn }) => input.serviceDeploymentArns!.includes(serviceDeploymentArn))
            .map((each) => this.described(each)),
        };
      default:
        throw new Error(`nobody taught the fake ${operation}`);
    }
  }

  private described(deployment: Deployment): object {
    const { statuses, statusReason, strategy, serviceDeploymentArn, createdAt, back } = deployment;
    if (statuses.length > 1) statuses.shift();
    const [status] = statuses;
    if (status === "ROLLBACK_SUCCESSFUL") this.taskDefinition = back;
    return { serviceDeploymentArn, createdAt, status, statusReason, deploymentConfiguration: { strategy } };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
  private rollout(): object {
    const status = this.deployments.at(-1)?.statuses[0];
    const rolloutState = status?.startsWith("ROLLBACK") ? "FAILED" : status === "SUCCESSFUL" || !status ? "COMPLETED" : "IN_PROGRESS";
    return { taskDefinition: this.taskDefinition, deployments: [{ status: "PRIMARY", taskDefinition: this.taskDefinition, rolloutState }] };
  }
}

/** ARN of a revision of the service's task definition. */
export const revision = (number: number) => `${base}:task-definition/dev-api:${number}`;
