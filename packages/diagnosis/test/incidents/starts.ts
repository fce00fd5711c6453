import type { Sketch } from "./sketch";
import { before, exited, failing, notStarted, quiet, started } from "./words";

const fargateStart =
  "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process:";

/** What the image is to start: programs, scripts, interpreters, loaders. */
export const starts: Sketch[] = [
  {
    title: "a script without #!, the platform being right",
    source: "execve(2): ENOEXEC of a text without a #! line",
    causes: [["program-not-executable", "interpreter-or-loader-missing"]],
    herring: "exec format error, which is nearly always the CPU",
    containers: [{ name: "app", port: 8080, entryPoint: ["/app/start.sh"] }],
    image: { platforms: ["linux/amd64"] },
    deployment: failing(8),
    running: [before()],
    stopped: [exited(1)],
    logs: { app: ["exec /app/start.sh: exec format error"] },
  },
  {
    title: "CRLF in a script of bash",
    source: "env(1) of GNU coreutils names the interpreter with the carriage return",
    causes: ["script-line-endings"],
    containers: [{ name: "app", port: 8080, entryPoint: ["/app/entrypoint.sh"] }],
    deployment: failing(8),
    running: [before()],
    stopped: [exited(127)],
    logs: { app: ["env: 'bash\\r': No such file or directory"] },
  },
  {
    title: "CRLF: sh reads its options with a carriage return",
    source: "dash: 'set: Illegal option -'; bash: '$'\\r': command not found'",
    causes: ["script-line-endings"],
    herring: "'command not found' reads as a program that is missing",
    containers: [{ name: "app", port: 8080, command: ["bash", "/app/entrypoint.sh"] }],
    deployment: failing(8),
    running: [before()],
    stopped: [exited(2)],
    logs: { app: ["/app/entrypoint.sh: line 2: $'\\r': command not found", "/app/entrypoint.sh: line 3: set: -\r: invalid option"] },
  },
  {
    title: "the program of the command is not in PATH",
    source: "Fargate's words as in 'Error 7: Not a directory when mounting', runc's as everywhere",
    causes: ["program-missing"],
    mentions: ["gunicorn"],
    containers: [{ name: "app", port: 8080, command: ["gunicorn", "shop.wsgi"] }],
    deployment: failing(),
    running: [before()],
    stopped: [notStarted(`${fargateStart} exec: "gunicorn": executable file not found in $PATH: unknown`)],
    events: [started(5)],
    logs: { app: quiet },
  },
  {
    title: "the entry point is not in the image, on EC2",
    source: "AWS: Troubleshooting Amazon ECS CannotStartContainerError; nextflow on Batch",
    causes: ["program-missing"],
    mentions: ["/app/server"],
    launch: "EC2",
    containers: [{ name: "app", port: 8080, entryPoint: ["/app/server"] }],
    deployment: failing(6),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            'CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/server": stat /app/server: no such file or directory: unknown',
          ],
        },
      }),
    ],
    logs: { app: quiet },
  },
  {
    title: "the entry point has no exec bit",
    source: "runc: 'exec: \"./entrypoint.sh\": permission denied: unknown'",
    causes: ["program-not-executable"],
    mentions: ["entrypoint.sh"],
    containers: [{ name: "app", port: 8080, entryPoint: ["./entrypoint.sh"], user: "1000" }],
    deployment: failing(),
    running: [before()],
    stopped: [notStarted(`${fargateStart} exec: "./entrypoint.sh": permission denied: unknown`)],
    logs: { app: quiet },
  },
  {
    title: "a program linked for glibc on Alpine",
    source: "lostb1t/replex#48",
    causes: [["interpreter-or-loader-missing", "program-missing"]],
    containers: [{ name: "app", port: 8080, entryPoint: ["/app/replex"] }],
    deployment: failing(9),
    running: [before()],
    stopped: [exited(1)],
    logs: { app: ["exec /app/replex: no such file or directory"] },
  },
];
