import type { Sketch } from "./sketch";
import { before, exited, failedTarget, failing, healthy, inconsistent, registry, started, unhealthyTarget } from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)], stopped: [exited(1)] };
const refused = (times = 2) => healthy(times, { age: 3, target: ["unhealthy", "Target.FailedHealthChecks", "Health checks failed"] });
const unheard = {
  deployment: failing(15),
  running: [before(), refused()],
  stopped: [failedTarget()],
  events: [unhealthyTarget(2, "Health checks failed")],
};

/** The same causes in the words of other runtimes. */
export const otherWords: Sketch[] = [
  {
    ...crash,
    title: "a shell doesn't find its program",
    source: "dash: 'not found', 127",
    causes: [["program-missing", "module-missing"]],
    mentions: ["gunicorn"],
    containers: [{ name: "app", port: 8080, command: ["sh", "-c", "gunicorn shop.wsgi"] }],
    stopped: [exited(127)],
    logs: { app: ["sh: 1: gunicorn: not found"] },
  },
  {
    ...crash,
    title: "env doesn't find node",
    source: "GNU coreutils: env",
    causes: ["interpreter-or-loader-missing"],
    mentions: ["node"],
    stopped: [exited(127)],
    logs: { app: ["/usr/bin/env: 'node': No such file or directory"] },
  },
  {
    ...crash,
    title: "bash shows the carriage return as ^M",
    source: "bash: bad interpreter",
    causes: ["script-line-endings"],
    stopped: [exited(126)],
    logs: { app: ["/bin/sh: /app/run.sh: /bin/bash^M: bad interpreter: No such file or directory"] },
  },
  {
    ...crash,
    title: "Python may not write its log",
    source: "CPython's PermissionError",
    causes: ["user-rights"],
    mentions: ["/var/log/orders.log"],
    logs: {
      app: ["    return open(self.baseFilename, self.mode)", "PermissionError: [Errno 13] Permission denied: '/var/log/orders.log'"],
    },
  },
  {
    ...crash,
    title: ".NET may not write its keys",
    source: "UnauthorizedAccessException",
    causes: ["user-rights"],
    mentions: ["/app/keys"],
    stopped: [exited(134)],
    logs: {
      app: [
        "Unhandled exception. System.UnauthorizedAccessException: Access to the path '/app/keys' is denied.",
        " ---> System.IO.IOException: Permission denied",
      ],
    },
  },
  {
    ...crash,
    title: "Go may not listen on 80",
    source: "Go's net: bind: permission denied",
    causes: ["privileged-port"],
    mentions: ["80"],
    containers: [{ name: "app", port: 80, user: "65532" }],
    logs: { app: ["2026/06/01 11:57:02 listen tcp :80: bind: permission denied"] },
  },
  {
    ...crash,
    title: "Apache may not listen on 80",
    source: "httpd: AH00072",
    causes: ["privileged-port"],
    mentions: ["80"],
    containers: [{ name: "app", port: 80, user: "33" }],
    logs: {
      app: [
        "(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80",
        "no listening sockets available, shutting down",
        "AH00015: Unable to open logs",
      ],
    },
  },
  {
    ...crash,
    title: "Spring's port is taken by its sidecar",
    source: "Spring Boot's failure analyzer",
    causes: ["port-in-use"],
    mentions: ["8080"],
    containers: [
      { name: "app", port: 8080 },
      { name: "agent", image: `${registry}/shop/agent:1` },
    ],
    logs: { agent: ["admin on :8080"], app: ["APPLICATION FAILED TO START", "Web server failed to start. Port 8080 was already in use."] },
  },
  {
    ...crash,
    title: "Java's word for a read-only file system",
    source: "java.nio.file.FileSystemException",
    causes: ["read-only-file-system"],
    mentions: ["/app/logs"],
    containers: [{ name: "app", port: 8080, readOnlyRoot: true }],
    logs: { app: ["Caused by: java.nio.file.FileSystemException: /app/logs: Read-only file system"] },
  },
  {
    ...crash,
    title: "Java doesn't know a host",
    source: "java.net.UnknownHostException",
    causes: ["unresolvable-name"],
    mentions: ["kafka"],
    logs: {
      app: [
        "Caused by: java.net.UnknownHostException: kafka: Name or service not known",
        "\tat java.base/java.net.Inet6AddressImpl.lookupAllHostAddr(Native Method)",
      ],
    },
  },
  {
    ...crash,
    title: "nginx doesn't know its upstream",
    source: "nginx: host not found in upstream",
    causes: ["unresolvable-name"],
    mentions: ["api"],
    logs: { app: ['nginx: [emerg] host not found in upstream "api" in /etc/nginx/conf.d/default.conf:3'] },
  },
  {
    ...crash,
    title: "PHP doesn't know its database",
    source: "PDO: php_network_getaddresses",
    causes: ["unresolvable-name"],
    mentions: ["mysql"],
    stopped: [exited(255)],
    logs: {
      app: [
        "PHP Fatal error:  Uncaught PDOException: SQLSTATE[HY000] [2002] php_network_getaddresses: getaddrinfo for mysql failed: Name or service not known",
      ],
    },
  },
  {
    ...unheard,
    title: "Flask's own server",
    source: "Werkzeug: Running on http://127.0.0.1:5000",
    causes: ["listens-on-loopback"],
    mentions: ["127.0.0.1"],
    containers: [{ name: "app", port: 5000 }],
    logs: {
      app: [
        " * Serving Flask app 'shop'",
        "WARNING: This is a development server. Do not use it in a production deployment.",
        " * Running on http://127.0.0.1:5000",
      ],
    },
  },
  {
    ...unheard,
    title: "Vite's server, which says localhost",
    source: "Vite: 'Network: use --host to expose'",
    causes: ["listens-on-loopback"],
    mentions: ["localhost"],
    containers: [{ name: "app", port: 5173 }],
    logs: { app: ["  VITE v5.4.0  ready in 312 ms", "  ➜  Local:   http://localhost:5173/", "  ➜  Network: use --host to expose"] },
  },
  {
    ...unheard,
    title: ".NET 8 listens on 8080 where .NET 7 listened on 80",
    source: "dotnet: default ASP.NET Core port changed from 80 to 8080",
    causes: ["target-health-port"],
    mentions: ["8080", "80"],
    herring: "Only the base image's version was changed",
    containers: [{ name: "app", port: 80 }],
    logs: {
      app: [
        "info: Microsoft.Hosting.Lifetime[14]",
        "      Now listening on: http://[::]:8080",
        "info: Microsoft.Hosting.Lifetime[0]",
        "      Application started. Press Ctrl+C to shut down.",
      ],
    },
  },
  {
    ...crash,
    title: "MySQL refuses the password that was rotated while tasks restart",
    source: "MySQL 1045",
    causes: ["database-password"],
    mentions: ["Access denied for user"],
    logs: { app: ["django.db.utils.OperationalError: (1045, \"Access denied for user 'orders'@'10.0.1.7' (using password: YES)\")"] },
  },
  {
    ...crash,
    title: "Redis refuses the login",
    source: "Redis: WRONGPASS",
    causes: ["database-password"],
    mentions: ["WRONGPASS"],
    logs: { app: ["ReplyError: WRONGPASS invalid username-password pair or user is disabled."] },
  },
];
