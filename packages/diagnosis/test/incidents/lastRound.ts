import type { Sketch } from "./sketch";
import { before, exited, failedTarget, failing, healthy, inconsistent, started, unhealthyTarget } from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)], stopped: [exited(1)] };
const refused = healthy(2, { age: 3, target: ["unhealthy", "Target.FailedHealthChecks", "Health checks failed"] });
const unheard = {
  deployment: failing(15),
  running: [before(), refused],
  stopped: [failedTarget()],
  events: [unhealthyTarget(2, "Health checks failed")],
};
const said = (title: string, source: string, cause: Sketch["causes"], mention: string, ...app: string[]): Sketch => ({
  ...crash,
  ...{ title, source, causes: cause, mentions: [mention], logs: { app } },
});

/** A round that was written when all before it were told right. */
export const lastRound: Sketch[] = [
  said(
    "Deno doesn't find its main module",
    "Deno: Module not found",
    ["module-missing"],
    "main.ts",
    'error: Module not found "file:///app/main.ts".',
  ),
  said(
    "Bun doesn't find a package",
    "Bun: Cannot find module",
    ["module-missing"],
    "hono",
    'error: Cannot find module "hono" from "/app/index.ts"',
  ),
  said(
    "Elixir wants a variable",
    "Phoenix' runtime.exs",
    ["crash-at-start"],
    "SECRET_KEY_BASE",
    "ERROR! Config provider Config.Reader failed with:",
    "** (RuntimeError) environment variable SECRET_KEY_BASE is missing.",
    "You can generate one by calling: mix phx.gen.secret",
  ),
  said(
    "C++ throws at start",
    "libstdc++: terminate called after throwing",
    ["crash-at-start"],
    "orders.conf",
    "terminate called after throwing an instance of 'std::runtime_error'",
    "  what():  cannot parse orders.conf",
  ),
  said(
    "Laravel may not make its folder",
    "Monolog: could not be created: Permission denied",
    ["user-rights"],
    "/var/www/storage/logs",
    'There is no existing directory at "/var/www/storage/logs" and it could not be created: Permission denied',
  ),
  said(
    "nginx may not write its process id",
    "nginx: (13: Permission denied)",
    ["user-rights"],
    "/run/nginx.pid",
    'nginx: [emerg] open() "/run/nginx.pid" failed (13: Permission denied)',
  ),
  {
    ...said(
      "Traefik may not listen on 443",
      "Traefik: bind: permission denied",
      ["privileged-port"],
      "443",
      'ERR github.com/traefik/traefik/v3/cmd/traefik/traefik.go:69 > Command error error="building listener: error opening listener: listen tcp :443: bind: permission denied"',
    ),
    containers: [{ name: "app", port: 443, user: "65532" }],
  },
  {
    ...said(
      "Java's stream on a read-only root",
      "java.io.FileNotFoundException",
      ["read-only-file-system"],
      "/data/orders.db",
      "Caused by: java.io.FileNotFoundException: /data/orders.db (Read-only file system)",
    ),
    herring: "FileNotFoundException",
    containers: [{ name: "app", port: 8080, readOnlyRoot: true }],
  },
  {
    ...said(
      "Ruby's folder on a read-only root",
      "Errno::EROFS",
      ["read-only-file-system"],
      "/app/tmp",
      "Errno::EROFS: Read-only file system @ dir_s_mkdir - /app/tmp/cache",
    ),
    containers: [{ name: "app", port: 8080, readOnlyRoot: true }],
  },
  said(
    "Caddy's admin port is taken",
    "Go's net: address already in use",
    ["port-in-use"],
    "2019",
    "Error: loading initial config: loading new config: starting caddy administration endpoint: listen tcp :2019: bind: address already in use",
  ),
  said(
    "Rust doesn't name the host that it doesn't know",
    "Rust's std: failed to lookup address information",
    ["unresolvable-name"],
    "nats",
    "INFO orders: connecting to nats://nats:4222",
    "Error: IO error: failed to lookup address information: Name or service not known",
  ),
  said(
    ".NET doesn't know its broker",
    "SocketException 0xFFFDFFFF",
    ["unresolvable-name"],
    "rabbitmq",
    "Unhandled exception. RabbitMQ.Client.Exceptions.BrokerUnreachableException: None of the specified endpoints were reachable",
    " ---> System.Net.Sockets.SocketException (0xFFFDFFFF): Name or service not known (rabbitmq:5672)",
  ),
  {
    ...unheard,
    title: "Puma on loopback",
    source: "Puma: Listening on http://127.0.0.1:3000",
    causes: ["listens-on-loopback"],
    mentions: ["127.0.0.1"],
    containers: [{ name: "app", port: 3000 }],
    logs: {
      app: ['* Puma version: 6.4.2 ("The Eagle of Durin")', "* Listening on http://127.0.0.1:3000", "* Listening on http://[::1]:3000"],
    },
  },
  {
    ...unheard,
    title: "an address in a log of JSON",
    source: "Go's slog",
    causes: ["listens-on-loopback"],
    mentions: ["localhost:8080"],
    logs: { app: ['{"time":"2026-06-01T11:57:02Z","level":"INFO","msg":"http server started","addr":"localhost:8080"}'] },
  },
  {
    ...unheard,
    title: "a port in a log of JSON",
    source: "Fastify, logging with pino",
    causes: ["target-health-port"],
    mentions: ["4000"],
    logs: { app: ['{"level":30,"time":1780315022,"msg":"Server listening at http://0.0.0.0:4000"}'] },
  },
  said(
    "Java wants more heap than there is memory",
    "HotSpot: Could not reserve enough space",
    [["crash-at-start", "out-of-memory-task"]],
    "heap",
    "Error occurred during initialization of VM",
    "Could not reserve enough space for 2097152KB object heap",
  ),
];
