import type { Sketch } from "./sketch";
import { before, exited, failing, failed, healthy, inconsistent, registry, rolledBack, started, steady } from "./words";

const crash = { deployment: failing(10, 5), running: [before()], events: [inconsistent(1), started(3)] };

/** A program that starts and ends: the log's last words say why. */
export const crashes: Sketch[] = [
  {
    ...crash,
    title: "Node: the built file was not copied",
    source: "Node.js' own words for a main module that is missing",
    causes: ["module-missing"],
    mentions: ["/app/dist/main.js"],
    stopped: [exited(1)],
    logs: {
      app: [
        "node:internal/modules/cjs/loader:1228",
        "  throw err;",
        "Error: Cannot find module '/app/dist/main.js'",
        "    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)",
        "  code: 'MODULE_NOT_FOUND',",
        "Node.js v20.17.0",
      ],
    },
  },
  {
    ...crash,
    title: "Python: a variable that nobody set",
    source: "CPython's KeyError of os.environ",
    causes: ["crash-at-start"],
    mentions: ["STRIPE_KEY"],
    stopped: [exited(1)],
    logs: {
      app: [
        "Traceback (most recent call last):",
        '  File "/app/main.py", line 9, in <module>',
        '    stripe.api_key = os.environ["STRIPE_KEY"]',
        '  File "<frozen os>", line 685, in __getitem__',
        "KeyError: 'STRIPE_KEY'",
      ],
    },
  },
  {
    ...crash,
    title: "Java: Spring's context fails, behind 'connection refused' to a registry that is optional",
    source: "Spring Boot's failure analyzer",
    causes: ["crash-at-start"],
    mentions: ["DataSource"],
    herring: "Connection refused to localhost:8761, which it survives",
    stopped: [exited(1)],
    logs: {
      app: [
        "WARN  c.n.d.s.t.d.RetryableEurekaHttpClient : Request execution failed with message: Connect to http://localhost:8761 failed: Connection refused",
        "ERROR o.s.b.d.LoggingFailureAnalysisReporter :",
        "***************************",
        "APPLICATION FAILED TO START",
        "***************************",
        "Description: Failed to configure a DataSource: 'url' attribute is not specified and no embedded dataSource could be configured.",
        "Reason: Failed to determine a suitable driver class",
      ],
    },
  },
  {
    ...crash,
    title: "Go: a panic",
    source: "Go's runtime: exit status 2",
    causes: ["crash-at-start"],
    mentions: ["nil pointer"],
    stopped: [exited(2)],
    logs: {
      app: [
        "panic: runtime error: invalid memory address or nil pointer dereference",
        "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6f2c41]",
        "goroutine 1 [running]:",
        "main.main()",
        "\t/src/cmd/orders/main.go:41 +0x1b",
      ],
    },
  },
  {
    ...crash,
    title: ".NET on Alpine without ICU",
    source: "dotnet/runtime: 'Couldn't find a valid ICU package installed on the system'",
    causes: [["shared-library-missing", "crash-at-start"]],
    mentions: ["ICU"],
    stopped: [exited(134)],
    logs: {
      app: [
        "Process terminated. Couldn't find a valid ICU package installed on the system. Please install libicu (or icu-libs) using your package manager and try again.",
        "   at System.Environment.FailFast(System.String)",
      ],
    },
  },
  {
    ...crash,
    title: "Ruby: gems of another group",
    source: "Bundler::GemNotFound",
    causes: ["module-missing"],
    mentions: ["pg-1.5.6"],
    stopped: [exited(1)],
    logs: {
      app: [
        "bundler: failed to load command: puma (/usr/local/bundle/bin/puma)",
        "Could not find pg-1.5.6 in locally installed gems (Bundler::GemNotFound)",
      ],
    },
  },
  {
    ...crash,
    title: "a shared library that the image lacks",
    source: "ld.so(8)",
    causes: ["shared-library-missing"],
    mentions: ["libssl.so.1.1"],
    stopped: [exited(127)],
    logs: {
      app: ["/app/server: error while loading shared libraries: libssl.so.1.1: cannot open shared object file: No such file or directory"],
    },
  },
  {
    ...crash,
    title: "an older glibc than the program was built on",
    source: "ld.so(8): version `GLIBC_2.34' not found",
    causes: ["shared-library-missing"],
    mentions: ["GLIBC_2.34"],
    stopped: [exited(1)],
    logs: { app: ["/app/server: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /app/server)"] },
  },
  {
    ...crash,
    title: "Prisma's engine for another OpenSSL",
    source: "prisma/prisma: 'Error loading shared library libssl.so.1.1'",
    causes: ["shared-library-missing"],
    mentions: ["libssl.so.1.1"],
    herring: "The first line blames the schema",
    stopped: [exited(1)],
    logs: {
      app: [
        "prisma:warn Prisma failed to detect the libssl/openssl version to use, and may not work as expected.",
        "PrismaClientInitializationError: Unable to require(`/app/node_modules/.prisma/client/libquery_engine-linux-musl.so.node`).",
        "Details: Error loading shared library libssl.so.1.1: No such file or directory (needed by /app/node_modules/.prisma/client/libquery_engine-linux-musl.so.node)",
      ],
    },
  },
  {
    title: "php-fpm goes to the background: exit 0, over and over",
    source: "php-fpm's daemonize = yes",
    causes: ["exits-as-done"],
    herring: "Exit code 0 and no error",
    deployment: rolledBack(9),
    running: [before()],
    stopped: [exited(0, { stoppedAgo: 11 })],
    events: [...failed(9), started(13)],
    logs: { app: ["[28-Nov-2026 23:02:11] NOTICE: fpm is running, pid 12"] },
  },
  {
    title: "a worker without a load balancer crashes every hour on one message",
    source: "a poison message; Celery's own words",
    causes: ["crash-while-running"],
    mentions: ["UnicodeDecodeError"],
    herring: "It is steady now: the task that replaced the last is alive",
    worker: true,
    desired: 1,
    deployment: steady(),
    running: [healthy(1, { age: 12, target: undefined })],
    stopped: [exited(1, { times: 1, age: 70, stoppedAgo: 13 }), exited(1, { times: 1, age: 130, stoppedAgo: 72 })],
    events: [started(12), started(70)],
    logs: {
      app: [
        "[2026-11-28 23:00:00] Received task: orders.import",
        "Traceback (most recent call last):",
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
      ],
    },
  },
  {
    title: "the migration that the app waits for fails: the app is said to have ended with 143, and never began",
    source: "aws/amazon-ecs-agent agent/engine/task_manager.go: handleTerminalDependencyError",
    causes: [["dependency-container", "crash-at-start"]],
    mentions: ["migrate"],
    herring: "Exit code 143 of the app, as of a normal stop",
    launch: "EC2",
    containers: [
      { name: "app", port: 8080, dependsOn: [["migrate", "SUCCESS"]] },
      { name: "migrate", image: `${registry}/shop/migrate:4`, essential: false },
    ],
    deployment: failing(10, 4),
    running: [before()],
    stopped: [
      exited(143, {
        exits: {
          app: [
            143,
            `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [migrate(${registry}/shop/migrate:4) (STOPPED->STOPPED,Exit: 1)] for target [orders(${registry}/fairlead/dev/orders:1.4.2) (PULLED->RUNNING)] as dependency did not exit successfully.`,
          ],
          migrate: [1],
        },
      }),
    ],
    logs: { migrate: ['ERROR: permission denied to create extension "pgcrypto"'] },
  },
];
