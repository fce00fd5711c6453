import { dockerfile, idle, server, web, worker, type WrongService } from "./wrongService";

const healthUrl = "http://127.0.0.1:8080/health";
const byNode = `["CMD", "node", "-e", "fetch('${healthUrl}').then(({ ok }) => process.exit(ok ? 0 : 1))"]`;
const ownCheck = (command: string) => `containerHealthCheck:\n  command: ${command}\n`;
const writesTo = (file: string) => `require("node:fs").writeFileSync("${file}", "");\n${idle}`;
const folderOf = (folder: string) => `RUN mkdir -p ${folder} && chown node:node ${folder}\n`;
const later = (milliseconds: number) => `setTimeout(() => answer.end(), ${milliseconds})`;

/** Manifests that are wrong. */
export const wrongSettings: readonly WrongService[] = [
  {
    name: "other-path",
    causes: ["target-health-path"],
    files: web("other-path", {
      path: "/ready",
      manifest: ownCheck(byNode),
    }),
  },
  {
    name: "redirects",
    causes: ["target-health-status"],
    files: web("redirects", {
      program: server({
        health: 'answer.writeHead(302, { location: "/login" }).end();\n  if (asked.url === "/login") return answer.end()',
      }),
    }),
    hand: { asked: /Name the path that it leads to/, edits: { "service.yaml": ["path: /health", "path: /login"] } },
  },
  {
    name: "other-port",
    causes: ["target-health-port"],
    files: web("other-port", { program: server({ port: "3000", says: '"listening on port 3000"' }) }),
  },
  {
    name: "loopback",
    causes: ["listens-on-loopback"],
    files: web("loopback", {
      manifest: "environment:\n  HOST: 127.0.0.1\n",
      program: server({ host: "process.env.HOST", says: '"listening on http://127.0.0.1:8080"' }),
    }),
  },
  {
    name: "slow-answer",
    causes: ["target-health-timeout"],
    // It is waited for for two seconds, and for 15 once this is mended: the load balancer's clock goes faster, but not for answers that are that short.
    files: web("slow-answer", {
      program: server({ health: later(4000) }),
      healthCheck: "  timeoutSeconds: 2\n  intervalSeconds: 5\n",
    }),
    hand: {
      asked: /raise healthCheck.timeoutSeconds/,
      edits: { "service.yaml": ["  timeoutSeconds: 2\n  intervalSeconds: 5\n", "  timeoutSeconds: 60\n  intervalSeconds: 65\n"] },
    },
  },
  {
    name: "slow-start",
    causes: ["grace-period"],
    // Two checks in 30 s find it unhealthy, and ECS stops it after the grace period of 60 s: here after 30. With a grace period of 120 s it has 60.
    files: web("slow-start", {
      program: `console.log("warming up");\nsetTimeout(() => {${server()}}, 40_000);\n`,
      healthCheck: "  intervalSeconds: 30\n",
    }),
  },
  {
    name: "low-port",
    causes: ["privileged-port"],
    files: web("low-port", { port: 80 }),
    hand: { asked: /from 1024 on/, edits: { "service.yaml": ["containerPort: 80\n", "containerPort: 8080\n"] } },
  },
  {
    name: "no-curl",
    causes: ["container-health-check"],
    files: web("no-curl", { manifest: ownCheck(`["CMD-SHELL", "curl -f ${healthUrl}"]`) }),
    hand: {
      asked: /such as curl/,
      edits: {
        "service.yaml": [`["CMD-SHELL", "curl -f ${healthUrl}"]`, byNode],
      },
    },
  },
  {
    name: "read-only",
    causes: ["read-only-file-system"],
    files: worker("read-only", {
      program: writesTo("/srv/cache/entries"),
      dockerfile: dockerfile({ before: folderOf("/srv/cache") }),
    }),
    hand: {
      asked: /with a VOLUME of it in the Dockerfile/,
      edits: { Dockerfile: [folderOf("/srv/cache"), `${folderOf("/srv/cache")}VOLUME /srv/cache\n`] },
      isBesideDiff: true,
    },
  },
  {
    name: "users-rights",
    causes: ["user-rights"],
    files: worker("users-rights", {
      manifest: "readonlyRootFilesystem: false\n",
      program: writesTo("/app/out/entries"),
      dockerfile: dockerfile({ before: "RUN mkdir out\n" }),
    }),
    hand: { asked: /Give the user the files/, edits: { Dockerfile: ["RUN mkdir out\n", folderOf("out")] } },
  },
  {
    name: "no-user",
    causes: ["user-missing"],
    files: worker("no-user", { manifest: "user: app\n" }),
    hand: { asked: /by its number/, edits: { "service.yaml": ["user: app\n", 'user: "1000:1000"\n'] } },
  },
  {
    name: "task-memory",
    causes: ["out-of-memory-task", "out-of-memory-container"],
    files: web("task-memory", {
      program: `const kept = [];\nfor (let mebibytes = 0; mebibytes < 640; mebibytes += 16) kept.push(Buffer.alloc(16 << 20, 1));\n${server()}`,
    }),
  },
  {
    name: "heap",
    causes: ["crash-at-start"],
    files: web("heap", {
      manifest: "environment:\n  NODE_OPTIONS: --max-old-space-size=32\n",
      program: `const kept = [];\nfor (let index = 0; index < 3_000_000; index++) kept.push({ index });\n${server()}`,
    }),
  },
  {
    name: "open-files",
    causes: ["ulimits"],
    files: worker("open-files", {
      manifest: "ulimits:\n  - name: nofile\n    softLimit: 64\n    hardLimit: 64\n",
      program: `for (let count = 0; count < 80; count++) require("node:fs").openSync(__filename);\n${idle}`,
    }),
  },
  {
    name: "no-variable",
    causes: ["crash-at-start"],
    files: worker("no-variable", { program: `if (!process.env.REGION) throw new Error("REGION is not set");\n${idle}` }),
    hand: {
      asked: /last lines/,
      edits: { "service.yaml": ["kind: worker\n", "kind: worker\nenvironment:\n  REGION: eu-central-1\n"] },
    },
  },
  {
    name: "secret-key",
    causes: ["secret-key-missing"],
    files: worker("secret-key", { manifest: "secrets:\n  PASSWORD:\n    secretsManager: rollouts/orders\n    jsonKey: pass\n" }),
    hand: {
      asked: /Add the key to the secret, or name one that it has/,
      edits: { "service.yaml": ["jsonKey: pass\n", "jsonKey: password\n"] },
    },
  },
  {
    name: "no-parameter",
    causes: ["secret-missing"],
    files: worker("no-parameter", { manifest: "secrets:\n  LICENCE: { ssm: /rollouts/licence }\n" }),
    hand: {
      asked: /Create it with a value/,
      act: async ({ access }) => {
        await access.json("ssm", "AmazonSSM.PutParameter", { Name: "/rollouts/licence", Type: "SecureString", Value: "valid" });
      },
    },
  },
  {
    name: "compose-name",
    causes: ["unresolvable-name"],
    files: worker("compose-name", { program: calling('process.env.SHOP_URL ?? "http://shop:8080"') }),
    hand: { asked: /`calls:`/, edits: { "service.yaml": ["kind: worker\n", "kind: worker\ncalls: [shop]\n"] } },
  },
  {
    name: "own-address",
    causes: ["dependency-unreachable"],
    files: worker("own-address", { program: calling('process.env.SHOP_URL ?? "http://127.0.0.1:8081"') }),
    hand: { asked: /`calls:` give/, edits: { "service.yaml": ["kind: worker\n", "kind: worker\ncalls: [shop]\n"] } },
  },
];

/** A program that ends where what it calls as it starts does not answer. */
function calling(url: string): string {
  return `fetch(${url}).then(
  () => console.log("the shop answers"),
  ({ cause }) => {
    console.error(cause);
    process.exit(1);
  },
);
${idle}`;
}
