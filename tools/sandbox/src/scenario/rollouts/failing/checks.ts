import { program, server, unhealthy, type FailingService } from "../failingService";

const curl = ["CMD-SHELL", "curl -f http://localhost:8080/health || exit 1"];

/** Programs that run and don't pass their health checks. */
export const checks: FailingService[] = [
  {
    name: "health-path",
    image: program(server().replace('"/health"', '"/healthz"')),
    expected: unhealthy("Health checks failed with these codes: \\[404\\]"),
  },
  {
    name: "health-status",
    image: program(server({ health: "500" })),
    expected: unhealthy("Health checks failed with these codes: \\[500\\]"),
  },
  {
    name: "health-redirects",
    image: program(server({ health: '302, { location: "/login" }' })),
    expected: unhealthy("Health checks failed with these codes: \\[302\\]"),
  },
  { name: "other-port", image: program(server({ port: "3000" })), expected: unhealthy("Health checks failed") },
  { name: "loopback", image: program(server({ host: '"127.0.0.1"' })), expected: unhealthy("Health checks failed") },
  {
    name: "never-answers",
    image: program('require("node:http").createServer(() => console.log("asked")).listen(8080, "0.0.0.0");'),
    expected: { ...unhealthy("Request timed out"), log: /^asked$/m },
  },
  {
    name: "slow-start",
    image: program(`setTimeout(() => { ${server()} }, 15_000); process.on("SIGTERM", () => process.exit(143));`),
    healthCheckGracePeriodSeconds: 30,
    expected: unhealthy("Health checks failed"),
  },
  {
    name: "check-without-curl",
    container: { healthCheck: { command: curl, interval: 10, retries: 2 } },
    expected: {
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: /^Task failed container health checks$/,
      event: /\(task [0-9a-f]{32}\) failed container health checks\.$/,
    },
  },
];
