const taskDefinition = {
  family: "till",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "512",
  memory: "1024",
  executionRoleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
  runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
  containerDefinitions: [
    {
      name: "till",
      image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/till:latest",
      essential: true,
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
      environment: [{ name: "CURRENCY", value: "EUR" }],
      secrets: [{ name: "API_KEY", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/till/api-key" }],
      healthCheck: { command: ["CMD-SHELL", "node -e 'process.exit(0)'"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
      dependsOn: [{ containerName: "collector", condition: "START" }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/till", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" },
      },
    },
    {
      name: "collector",
      image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
      essential: false,
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/till", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" },
      },
    },
  ],
};

const workflow = `name: Deploy
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/amazon-ecr-login@v2
        id: login
      - id: build
        env:
          IMAGE: \${{ steps.login.outputs.registry }}/till:\${{ github.sha }}
        run: |
          docker build -t $IMAGE .
          docker push $IMAGE
          echo "image=$IMAGE" >> $GITHUB_OUTPUT
      - id: rendered
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: till
          image: \${{ steps.build.outputs.image }}
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: \${{ steps.rendered.outputs.task-definition }}
          service: till
          cluster: shop
          wait-for-service-stability: true
`;

/** A repository from which a workflow of GitHub's deploys one service to ECS. */
export const deployedTaskDefinition: Record<string, string> = {
  "task-definition.json": `${JSON.stringify(taskDefinition, undefined, 2)}\n`,
  ".github/workflows/deploy.yml": workflow,
  Dockerfile:
    'FROM public.ecr.aws/docker/library/node:22-bookworm-slim\nWORKDIR /app\nCOPY src ./src\nUSER node\nEXPOSE 8080\nCMD ["node", "src/main.js"]\n',
  "src/main.js": 'require("node:http").createServer((_, answer) => answer.end(process.env.CURRENCY)).listen(8080);\n',
};
