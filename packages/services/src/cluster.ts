import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

/** Capacity that tasks run on. */
export type Capacity = "FARGATE" | "FARGATE_SPOT";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  /**
   * What tasks run on. `FARGATE` by default. `FARGATE_SPOT` costs about a third and may be interrupted with two minutes' notice.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
   */
  capacity?: Capacity;
  /**
   * Container Insights. `enhanced` by default: it is what shows the memory of one container. `disabled` saves its metrics' cost.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
   */
  containerInsights?: "enhanced" | "enabled" | "disabled";
  /** Changes the arguments of the cluster just before it is created. */
  transform?: (args: ecs.ClusterArgs) => ecs.ClusterArgs;
}

/** The ECS cluster of an environment, on Fargate. Its name in AWS is the component's. */
export class Cluster extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly capacity: Capacity;

  constructor(name: string, args: ClusterArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:Cluster", name, {}, options);
    const base: ecs.ClusterArgs = { name, settings: [{ name: "containerInsights", value: args.containerInsights ?? "enhanced" }] };
    const cluster = new ecs.Cluster(name, args.transform?.(base) ?? base, { parent: this });
    this.capacity = args.capacity ?? "FARGATE";
    const providers = new ecs.ClusterCapacityProviders(
      name,
      {
        clusterName: cluster.name,
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategies: [{ capacityProvider: this.capacity, weight: 1 }],
      },
      { parent: this },
    );
    // A service whose capacity provider is not associated yet is refused, so services depend on the association through the ARN.
    this.arn = pulumi.all([cluster.arn, providers.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
