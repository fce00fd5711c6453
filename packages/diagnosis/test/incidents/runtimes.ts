import type { Sketch } from "./sketch";
import { before, exited, failing, inconsistent, started } from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)], stopped: [exited(1)] };

/** Starts that fail in each runtime's own way. */
export const runtimes: Sketch[] = [
  {
    ...crash,
    title: "Node: import in a file that is no module",
    source: "Node.js: Cannot use import statement outside a module",
    causes: ["crash-at-start"],
    mentions: ["import statement"],
    logs: {
      app: [
        "/app/index.js:1",
        "import express from 'express'",
        "^^^^^^",
        "SyntaxError: Cannot use import statement outside a module",
        "    at wrapSafe (node:internal/modules/cjs/loader:1378:20)",
      ],
    },
  },
  {
    ...crash,
    title: "npm has no start",
    source: "npm: Missing script",
    causes: ["crash-at-start"],
    mentions: ["start"],
    logs: { app: ['npm error Missing script: "start"', "npm error To see a list of scripts, run:", "npm error   npm run"] },
  },
  {
    ...crash,
    title: "gunicorn's worker doesn't find the module; the last line is the arbiter's",
    source: "gunicorn: HaltServer",
    causes: ["module-missing"],
    mentions: ["shop.wsgi"],
    herring: "The last line speaks of a worker that failed to boot",
    stopped: [exited(3)],
    logs: {
      app: [
        "[INFO] Booting worker with pid: 7",
        "ModuleNotFoundError: No module named 'shop.wsgi'",
        "[INFO] Worker exiting (pid: 7)",
        "[ERROR] Shutting down: Master",
        "[ERROR] Reason: Worker failed to boot.",
      ],
    },
  },
  {
    ...crash,
    title: "Java: no such jar",
    source: "java: Unable to access jarfile",
    causes: ["module-missing"],
    mentions: ["/app/app.jar"],
    logs: { app: ["Error: Unable to access jarfile /app/app.jar"] },
  },
  {
    ...crash,
    title: "Java: classes of a newer Java",
    source: "UnsupportedClassVersionError",
    causes: ["crash-at-start"],
    mentions: ["65.0"],
    logs: {
      app: [
        "Error: LinkageError occurred while loading main class shop.Orders",
        "\tjava.lang.UnsupportedClassVersionError: shop/Orders has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0",
      ],
    },
  },
  {
    ...crash,
    title: ".NET of another version",
    source: "dotnet: You must install or update .NET to run this application",
    causes: [["crash-at-start", "module-missing"]],
    mentions: ["9.0.0"],
    stopped: [exited(150)],
    logs: {
      app: [
        "You must install or update .NET to run this application.",
        "App: /app/orders.dll",
        "Framework: 'Microsoft.NETCore.App', version '9.0.0' (x64)",
        ".NET location: /usr/share/dotnet/",
      ],
    },
  },
  {
    ...crash,
    title: "Rust: a configuration that isn't there",
    source: "Rust's panic of unwrap",
    causes: ["crash-at-start"],
    mentions: ["config.toml"],
    herring: "NotFound, 'No such file or directory', as of a program",
    stopped: [exited(101)],
    logs: {
      app: [
        "thread 'main' panicked at src/main.rs:14:5:",
        'cannot read config.toml: Os { code: 2, kind: NotFound, message: "No such file or directory" }',
        "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
      ],
    },
  },
  {
    ...crash,
    title: "Rails: a process id in the image",
    source: "rails server: A server is already running",
    causes: ["crash-at-start"],
    mentions: ["server.pid"],
    logs: { app: ["=> Booting Puma", "A server is already running (pid: 1, file: /app/tmp/pids/server.pid).", "Exiting"] },
  },
  {
    ...crash,
    title: "Flyway: a migration was changed",
    source: "Flyway: checksum mismatch",
    causes: ["crash-at-start"],
    mentions: ["checksum"],
    logs: {
      app: [
        "Caused by: org.flywaydb.core.api.exception.FlywayValidateException: Validate failed: Migrations have failed validation",
        "Migration checksum mismatch for migration version 12",
      ],
    },
  },
  {
    ...crash,
    title: "a processor without the instructions that were compiled",
    source: "SIGILL, 132: -march=native",
    causes: ["crash-at-start"],
    mentions: ["132"],
    stopped: [exited(132)],
    logs: { app: ["Illegal instruction (core dumped)"] },
  },
  {
    ...crash,
    title: "musl and a library for glibc: a segmentation fault at start",
    source: "SIGSEGV, 139",
    causes: ["segmentation-fault"],
    stopped: [exited(139)],
    logs: { app: ["Segmentation fault (core dumped)"] },
  },
  {
    ...crash,
    title: "runc's older word for a loader that is missing",
    source: "standard_init_linux.go:228: exec user process caused: no such file or directory",
    causes: [["interpreter-or-loader-missing", "program-missing", "script-line-endings"]],
    containers: [{ name: "app", port: 8080, entryPoint: ["/app/server"] }],
    logs: { app: ["standard_init_linux.go:228: exec user process caused: no such file or directory"] },
  },
  {
    ...crash,
    title: "SQLite on a file of root's",
    source: "SQLite: attempt to write a readonly database",
    causes: [["user-rights", "read-only-file-system"]],
    mentions: ["readonly database"],
    containers: [{ name: "app", port: 8080, user: "1000" }],
    logs: { app: ["sqlite3.OperationalError: attempt to write a readonly database"] },
  },
];
