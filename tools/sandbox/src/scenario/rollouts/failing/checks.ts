import { program, server, unhealthy, type FailingService } from "../failingService";

const curl = ["CMD-SHELL", "curl -f http://localhost:8080/health || exit 1"];

/** Programs that run and don't pass their health checks. */
export const checks: FailingService[] = [
  {
    name: "health-path",
    causes: ["target-health-path"],
    image: program(server().replace('"/health"', '"/healthz"')),
    expected: unhealthy("Health checks failed with these codes: \\[404\\]"),
  },
  {
    name: "health-status",
    causes: ["target-health-status"],
    image: program(server({ health: "500" })),
    expected: unhealthy("Health checks failed with these codes: \\[500\\]"),
  },
  {
    name: "health-redirects",
    causes: ["target-health-status"],
    image: program(server({ health: '302, { location: "/login" }' })),
    expected: unhealthy("Health checks failed with these codes: \\[302\\]"),
  },
  {
    name: "other-port",
    causes: ["target-health-port"],
    image: program(server({ port: "3000" })),
    expected: unhealthy("Health checks failed"),
  },
  {
    name: "loopback",
    causes: ["listens-on-loopback", "target-health-port"],
    image: program(server({ host: '"127.0.0.1"' })),
    expected: unhealthy("Health checks failed"),
  },
  {
    name: "never-answers",
    causes: ["target-health-timeout"],
    image: program(server().replace("return answer.writeHead(200).end();", 'return console.log("asked");')),
    expected: { ...unhealthy("Request timed out"), log: /^asked$/m },
  },
  {
    name: "slow-start",
    causes: ["grace-period", "target-health-port"],
    image: program(`setTimeout(() => { ${server()} }, 30_000); process.on("SIGTERM", () => process.exit(143));`),
    healthCheckGracePeriodSeconds: 5,
    expected: unhealthy("Health checks failed"),
  },
  {
    name: "check-without-curl",
    causes: ["container-health-check"],
    container: { healthCheck: { command: curl, interval: 5, retries: 2 } },
    expected: {
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: /^Task failed container health checks$/,
      event: /\(task [0-9a-f]{32}\) failed container health checks\.$/,
    },
  },
];
