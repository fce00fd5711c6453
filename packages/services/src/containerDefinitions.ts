/** One container as the task definition states it. */
export interface ContainerDefinition {
  name: string;
  image: string;
  containerPort?: number;
  environment: Record<string, string>;
  /** Seconds between SIGTERM and SIGKILL; 2 to 120 on Fargate. */
  stopTimeoutSeconds: number;
  logGroupName: string;
  region: string;
}

/**
 * The `containerDefinitions` JSON in the one form that AWS gives back: keys sorted, lists sorted by name, defaults filled in. Anything
 * else shows a replacement in every preview (pulumi-aws issue 4576, pulumi-awsx issue 617).
 */
export function containerDefinitionsJson(containers: ContainerDefinition[]): string {
  return JSON.stringify(
    containers.map((container) => ({
      environment: Object.entries(container.environment)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value })),
      essential: true,
      image: container.image,
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": container.logGroupName,
          "awslogs-region": container.region,
          "awslogs-stream-prefix": container.name,
        },
      },
      mountPoints: [],
      name: container.name,
      portMappings: container.containerPort
        ? [{ containerPort: container.containerPort, hostPort: container.containerPort, protocol: "tcp" }]
        : [],
      stopTimeout: container.stopTimeoutSeconds,
      systemControls: [],
      volumesFrom: [],
    })),
  );
}
