import { join } from "node:path";

import { root } from "../../paths";

const image = {
  node: "public.ecr.aws/docker/library/node:22-bookworm-slim",
  pause: "public.ecr.aws/eks-distro/kubernetes/pause:3.10",
  haproxy: "public.ecr.aws/docker/library/haproxy:3.2",
  postgres: "public.ecr.aws/docker/library/postgres:16",
  redis: "public.ecr.aws/docker/library/redis:7",
  awsEmulator: "floci/floci:latest",
  awsCli: "public.ecr.aws/aws-cli/aws-cli:2",
};

const every = (test: string[], start_period = "1s") => ({ test, interval: "500ms", timeout: "5s", retries: 120, start_period });
const node = (script: string) => ["node", "-e", script];
const listen = (port: number, text: string) =>
  node(
    `process.on("SIGTERM", () => process.exit()); require("http").createServer((_, a) => a.end(${JSON.stringify(text)})).listen(${port})`,
  );

const proxy = [
  ...["defaults", "  mode http", "  timeout connect 2s", "  timeout client 10s", "  timeout server 10s"],
  ...["frontend web", "  bind :80", "  default_backend web"],
  ...["backend web", "  option httpchk GET /", "  server web web:8080 check inter 500ms"],
  "",
].join("\n");

const aws = {
  AWS_ENDPOINT_URL: "http://aws:4566",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_DEFAULT_REGION: "us-east-1",
};

/** One of everything that environments on one machine are made of, as Compose reads it. */
export function engineEnvironment(certificates: string): object {
  return {
    name: "engine",
    services: {
      "api-network": { image: image.pause, networks: { api: {}, "web-to-api": { aliases: ["api.dev.internal"] } } },
      api: {
        ...{ image: image.node, network_mode: "service:api-network", read_only: true, command: listen(3000, "from api") },
        healthcheck: every(["CMD", ...node("fetch('http://127.0.0.1:3000').then((a) => process.exit(a.ok ? 0 : 1))")]),
        depends_on: { migration: { condition: "service_completed_successfully" } },
      },
      migration: {
        ...{ image: image.postgres, networks: ["api"], entrypoint: ["psql", "-h", "database", "-U", "shop", "-d", "orders"] },
        ...{ command: ["-c", "CREATE TABLE orders (id int)"], environment: { PGPASSWORD: "word" } },
        depends_on: { database: { condition: "service_healthy" } },
      },
      "web-network": { image: image.pause, networks: ["web", "web-to-api"], ports: ["127.0.0.1:8080:8080"] },
      web: { image: image.node, network_mode: "service:web-network", command: listen(8080, "from web") },
      "load-balancer": {
        ...{ image: image.haproxy, networks: ["web"], ports: ["127.0.0.1:8081:80"] },
        configs: [{ source: "proxy", target: "/usr/local/etc/haproxy/haproxy.cfg" }],
        links: ["web-network:web"],
      },
      database: {
        ...{
          image: image.postgres,
          networks: ["api"],
          command: ["postgres", "-c", "max_connections=20"],
          volumes: ["data:/var/lib/postgresql/data"],
        },
        environment: { POSTGRES_USER: "shop", POSTGRES_PASSWORD: "word", POSTGRES_DB: "orders" },
        configs: [{ source: "role", target: "/docker-entrypoint-initdb.d/role.sql" }],
        healthcheck: every(["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "shop", "-d", "orders"]),
      },
      cache: {
        ...{ image: image.redis, networks: ["api"], volumes: [`${certificates}:/tls:ro`] },
        command: [
          "--port",
          "0",
          "--tls-port",
          "6379",
          ...["cert", "key", "ca-cert"].flatMap((name) => [`--tls-${name}-file`, `/tls/${name}.pem`]),
        ],
        healthcheck: every([
          "CMD",
          "redis-cli",
          "--tls",
          "--cacert",
          "/tls/ca-cert.pem",
          "--cert",
          "/tls/cert.pem",
          "--key",
          "/tls/key.pem",
          "ping",
        ]),
      },
      aws: {
        ...{ image: image.awsEmulator, networks: ["api"] },
        healthcheck: every(["CMD", "python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:4566/moto-api/')"]),
      },
      "make-queue": {
        ...{ image: image.awsCli, networks: ["api"], environment: aws, profiles: ["once"] },
        command: ["sqs", "create-queue", "--queue-name", "orders", "--query", "QueueUrl", "--output", "text"],
      },
      "web-image": { image: "engine/web", build: join(root, "apps/web"), profiles: ["once"] },
      "api-image": { image: "engine/api", build: join(root, "apps/api"), profiles: ["once"] },
      // On an internal network alone a name that there is not would be EAI_AGAIN: Docker's DNS asks nobody else for it.
      caller: { image: image.node, networks: ["web", "web-to-api"], profiles: ["once"] },
      stranger: { image: image.node, networks: ["other"], profiles: ["once"] },
      greedy: {
        ...{ image: image.node, networks: ["other"], mem_limit: "64m", memswap_limit: "64m", profiles: ["once"] },
        command: node("const all = []; for (;;) all.push(Buffer.alloc(8e6, 1))"),
      },
      reader: { image: image.node, networks: ["other"], read_only: true, profiles: ["once"] },
    },
    networks: { api: {}, web: {}, "web-to-api": { internal: true }, other: {} },
    volumes: { data: {} },
    configs: { proxy: { content: proxy }, role: { content: "CREATE ROLE reader;\n" } },
  };
}
