import type { Sketch } from "./sketch";
import { before, exited, failing, healthy, inconsistent, registry, started, steady } from "./words";

const crash = { deployment: failing(10, 5), running: [before()], events: [inconsistent(1), started(3)] };

/** File systems, users, ports and limits of a program that starts. */
export const rights: Sketch[] = [
  {
    ...crash,
    title: "nginx writes to its cache on a read-only root",
    source: "nginxinc/docker-nginx: mkdir() failed (30: Read-only file system)",
    causes: ["read-only-file-system"],
    mentions: ["/var/cache/nginx"],
    containers: [{ name: "app", port: 8080, readOnlyRoot: true }],
    stopped: [exited(1)],
    logs: {
      app: [
        "/docker-entrypoint.sh: Configuration complete; ready for start up",
        '2026/11/28 23:02:11 [emerg] 1#1: mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
        'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
      ],
    },
  },
  {
    ...crash,
    title: "Python writes a temporary file on a read-only root",
    source: "CPython's tempfile",
    causes: ["read-only-file-system"],
    herring: "The exception's name speaks of a directory that is missing",
    containers: [{ name: "app", port: 8080, readOnlyRoot: true, user: "1000" }],
    stopped: [exited(3)],
    logs: {
      app: [
        '  File "/usr/local/lib/python3.12/tempfile.py", line 175, in _get_default_tempdir',
        "FileNotFoundError: [Errno 2] No usable temporary directory found in ['/tmp', '/var/tmp', '/usr/tmp', '/app']",
        "OSError: [Errno 30] Read-only file system: '/app/.cache'",
      ],
    },
  },
  {
    ...crash,
    title: "a user without rights on what it opens",
    source: "Node.js' EACCES",
    causes: ["user-rights"],
    mentions: ["/app/uploads"],
    containers: [{ name: "app", port: 8080, user: "node" }],
    stopped: [exited(1)],
    logs: {
      app: [
        "Error: EACCES: permission denied, mkdir '/app/uploads/tmp'",
        "    at Object.mkdirSync (node:fs:1372:26)",
        "  errno: -13, code: 'EACCES', syscall: 'mkdir', path: '/app/uploads/tmp'",
      ],
    },
  },
  {
    ...crash,
    title: "nginx as an ordinary user on port 80",
    source: "aws/containers-roadmap#1721; TrafeX/docker-php-nginx#101",
    causes: ["privileged-port"],
    mentions: ["80"],
    herring: "permission denied",
    containers: [{ name: "app", port: 80, user: "nobody" }],
    stopped: [exited(1)],
    logs: { app: ["2026/11/28 23:02:11 [emerg] 19#19: bind() to [::]:80 failed (13: Permission denied)"] },
  },
  {
    ...crash,
    title: "Node as an ordinary user on port 443",
    source: "Node.js: listen EACCES",
    causes: ["privileged-port"],
    mentions: ["443"],
    containers: [{ name: "app", port: 443, user: "1000" }],
    stopped: [exited(1)],
    logs: {
      app: ["Error: listen EACCES: permission denied 0.0.0.0:443", "    at Server.setupListenHandle [as _listen2] (node:net:1855:21)"],
    },
  },
  {
    ...crash,
    title: "two containers of a task listen on one port",
    source: "awsvpc: the containers of a task share one network",
    causes: ["port-in-use"],
    mentions: ["9090"],
    herring: "The app is the second to start; the sidecar is at fault as much",
    containers: [
      { name: "app", port: 8080 },
      { name: "exporter", image: `${registry}/shop/exporter:2` },
    ],
    stopped: [exited(1, { exits: { app: [1], exporter: [143] } })],
    logs: {
      exporter: ["listening on :9090"],
      app: [
        "Error: listen EADDRINUSE: address already in use :::9090",
        "  code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: '::', port: 9090",
      ],
    },
  },
  {
    ...crash,
    title: "file descriptors run out",
    source: "accept4: too many open files; the task's nofile of 1024",
    causes: ["ulimits"],
    mentions: ["1024"],
    deployment: steady(),
    containers: [{ name: "app", port: 8080, openFiles: 1024 }],
    running: [healthy(1, { age: 4 })],
    stopped: [exited(1, { times: 2, age: 160, stoppedAgo: 5 })],
    logs: {
      app: [
        "http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 1s",
        "fatal: open /app/templates/order.html: too many open files",
      ],
    },
  },
];
