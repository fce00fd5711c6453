import type { Sketch } from "./sketch";
import { before, failedCheck, failing, healthy, replaced, started } from "./words";

const check = "(service orders) (task 60a736a708f44dfcb1191e0771825ad5) failed container health checks.";

/** The container's own health check, which ECS alone sees. */
export const containerChecks: Sketch[] = [
  {
    title: "the container's health check needs curl, which the image lacks",
    source: "a relay on node:alpine: 'failed container health checks' while it serves",
    causes: ["container-health-check"],
    mentions: ["curl"],
    herring: "The targets are healthy and the log is of a service that is well",
    containers: [
      {
        name: "app",
        port: 8080,
        healthCheck: { command: "curl -f http://localhost:8080/health || exit 1", interval: 30, retries: 3, startPeriod: 10 },
      },
    ],
    deployment: failing(20, 3),
    running: [before(), healthy(1, { age: 2, health: "UNKNOWN" })],
    stopped: [failedCheck(143, { age: 7 })],
    events: [[3, check], replaced(3), [7, check], started(9)],
    logs: { app: ["LISTEN connected", "Server listening at http://0.0.0.0:8080", "received SIGTERM"] },
  },
  {
    title: "the start period is shorter than the start",
    source: "devops-g3-inventory: started 19:42:25, failed 19:44:48",
    causes: ["container-health-check"],
    mentions: ["startPeriod"],
    containers: [
      {
        name: "app",
        port: 8080,
        healthCheck: { command: "wget -qO- http://localhost:8080/actuator/health", interval: 30, retries: 3, startPeriod: 10 },
      },
    ],
    deployment: failing(20, 3),
    running: [before()],
    stopped: [failedCheck(143, { age: 4.7, stoppedAgo: 3 })],
    events: [[3, check], replaced(3)],
    logs: {
      app: [
        "Starting OrdersApplication v1.4.2 using Java 21",
        "Started OrdersApplication in 88.412 seconds (process running for 91.0)",
        "Commencing graceful shutdown. Waiting for active requests to complete",
      ],
    },
  },
  {
    title: "Next.js standalone listens on the task's own address: curl localhost fails, the load balancer is content",
    source: "DefangLabs/samples#654",
    causes: ["container-health-check"],
    herring: "The targets are healthy; the log says Ready",
    containers: [
      {
        name: "app",
        port: 3000,
        healthCheck: { command: "curl -f http://localhost:3000/api/health || exit 1", interval: 30, retries: 3, startPeriod: 30 },
      },
    ],
    deployment: failing(20, 3),
    running: [before(), healthy(1, { age: 2 })],
    stopped: [failedCheck(143, { age: 6 })],
    events: [[2, check], replaced(2)],
    logs: { app: ["▲ Next.js 15.1.0", "- Local: http://ip-10-0-97-61.eu-west-1.compute.internal:3000", "✓ Ready in 412ms"] },
  },
  {
    title: "the proxy of Service Connect is unhealthy and ends the task",
    source: "aws/amazon-ecs-service-connect-agent#41, #155",
    causes: ["container-health-check"],
    herring: "The app's exit is 143, it logs nothing wrong",
    serviceConnect: true,
    deployment: failing(18, 3),
    running: [before()],
    stopped: [failedCheck(143, { exits: { app: [143], "ecs-service-connect-Y84Lt": [137] } })],
    events: [[3, check], replaced(3)],
    logs: {
      app: ["Listening on 0.0.0.0:8080", "received SIGTERM"],
      "ecs-service-connect-Y84Lt": [
        "[warning][config] StreamAggregatedResources gRPC config stream to unix:///var/run/ecs/relay/envoy_xds.sock closed: 13, Unauthorized to perform ecs:Poll for arn:aws:ecs:eu-west-1:111122223333:task-set/prod/orders/ecs-svc/9368177202654896554.",
        '[error] [AppNet Agent] Envoy readiness check failed with: Get "http://127.0.0.1:9901/ready": context deadline exceeded',
      ],
    },
  },
];
