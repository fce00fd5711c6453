import { toldAlone } from "../classes";
import { imagesOf, type Recipe } from "../corpusImage";
import { folder, link, script } from "../layer";

const loop = "exec sleep 3600\n";
const serving = { serves: true } as const;
const readOnly = { task: { readonlyRootFilesystem: true } };
const start = (text: string, more: Recipe = {}): Recipe => ({
  base: "debian",
  files: { "app/start": script(`#!/bin/sh\nset -e\n${text}`) },
  WorkingDir: "/app",
  Cmd: ["./start"],
  ...more,
});

const settings = imagesOf("task setting", {
  "user-may-not-enter-workdir": start(loop, {
    files: { app: folder(0o700), "app/start": script(`#!/bin/sh\n${loop}`) },
    task: { user: "1000" },
  }),
  "workdir-is-a-file": { base: "debian", files: { app: "x" }, WorkingDir: "/app", Cmd: ["sleep", "3600"] },
  "workdir-missing-and-read-only": { base: "debian", WorkingDir: "/app", Cmd: ["sleep", "3600"], ...readOnly },
  "workdir-behind-a-broken-link": { base: "debian", files: { app: link("/srv/app") }, WorkingDir: "/app", Cmd: ["sleep", "3600"] },
  "task-user-with-group-and-more": start(loop, { task: { user: "root:root:more" } }),
  "task-user-negative": start(loop, { task: { user: "-1" } }),
  "task-entry-point-missing": start(loop, { task: { entryPoint: ["/bin/server"] } }),
  "task-command-of-a-shell-text": start(loop, { task: { command: ["npm run start"] } }),

  "node-read-only": { base: "node", Cmd: ["node", "-e", "setInterval(() => {}, 1000)"], ...readOnly, ...serving },
  "python-read-only": {
    base: "python-web",
    files: { "app/main.py": "async def app(scope, receive, send):\n    pass\n" },
    WorkingDir: "/app",
    Cmd: ["uvicorn", "main:app"],
    ...readOnly,
    ...serving,
  },
  "redis-read-only": { base: "redis", ...readOnly, ...serving },
  "redis-of-a-user": { base: "redis", task: { user: "redis" }, ...serving },
  "caddy-read-only": { base: "caddy", task: { readonlyRootFilesystem: true, writableMounts: ["/config", "/data"] }, ...serving },
  "nginx-read-only-with-mounts": {
    base: "nginx",
    task: { readonlyRootFilesystem: true, writableMounts: ["/var/lib/nginx", "/run"] },
    ...serving,
  },
  "workdir-missing": { base: "debian", WorkingDir: "/app", Cmd: ["sleep", "3600"], ...serving },
  "workdir-missing-for-a-user": { base: "debian", WorkingDir: "/app", User: "1000", Cmd: ["sleep", "3600"], ...serving },
  "workdir-of-root-for-a-user": {
    base: "debian",
    files: { "srv/start": script(`#!/bin/sh\n${loop}`) },
    WorkingDir: "/root",
    User: "1000",
    Cmd: ["/srv/start"],
    ...serving,
  },
  "workdir-behind-a-link": {
    base: "debian",
    files: { "srv/v1/start": script(`#!/bin/sh\n${loop}`), app: link("srv/v1") },
    WorkingDir: "/app",
    Cmd: ["./start"],
    ...serving,
  },
  "writes-to-tmp-as-a-user": start(`touch /tmp/lock\n${loop}`, { User: "1000", ...serving }),
  "writes-to-a-volume-of-its-own": start(`touch /data/lock\n${loop}`, {
    files: { "app/start": script(`#!/bin/sh\nset -e\ntouch /data/lock\n${loop}`), data: folder(0o755, 1000) },
    Volumes: { "/data": {} },
    User: "1000",
    task: { readonlyRootFilesystem: true, writableMounts: ["/data"] },
    ...serving,
  }),
  "task-user-by-number": start(loop, { task: { user: "12345" }, ...serving }),
  "task-user-and-group-by-number": start(loop, { task: { user: "12345:54321" }, ...serving }),
  "little-memory": start(loop, { task: { memory: 64 }, ...serving }),
  "empty-user-and-files-of-root": start(loop, {
    files: { app: folder(0o700), "app/start": script(`#!/bin/sh\n${loop}`, 0o700) },
    User: "",
    ...serving,
  }),
});

const told = imagesOf(toldAlone, {
  "writes-to-a-mount-of-root": start(`touch /data/lock\n${loop}`, { task: { user: "1000", writableMounts: ["/data"] } }),
  "nginx-read-only": { base: "nginx", ...readOnly, serves: true },
  "nginx-of-a-user": { base: "nginx", task: { user: "nginx" }, serves: true },
  "postgres-read-only": {
    base: "postgres",
    task: { readonlyRootFilesystem: true, environment: { POSTGRES_PASSWORD: "not-secret" } },
    serves: true,
  },
  "writes-to-workdir-as-a-user": start(`touch lock\n${loop}`, { User: "1000" }),
  "writes-to-a-read-only-root": start(`touch /tmp/lock\n${loop}`, readOnly),
  "port-80-as-a-user": {
    base: "caddy",
    task: { user: "1000", containerPort: 80, environment: { XDG_DATA_HOME: "/tmp", XDG_CONFIG_HOME: "/tmp" } },
    serves: true,
  },
  "nginx-read-only-with-tmp-for-all": {
    base: "nginx",
    files: {
      "etc/nginx/nginx.conf":
        "pid /tmp/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n  client_body_temp_path /tmp/b;\n  proxy_temp_path /tmp/p;\n  fastcgi_temp_path /tmp/f;\n  uwsgi_temp_path /tmp/u;\n  scgi_temp_path /tmp/s;\n  server { listen 8080; }\n}\n",
    },
    task: { readonlyRootFilesystem: true, writableMounts: ["/tmp"] },
    ...serving,
  },
  "port-8080-as-a-user": {
    base: "caddy",
    Cmd: ["caddy", "file-server", "--listen", ":8080"],
    task: { user: "1000", environment: { XDG_DATA_HOME: "/tmp", XDG_CONFIG_HOME: "/tmp" } },
    ...serving,
  },
  "writes-to-workdir-as-root": start(`touch lock\n${loop}`, serving),
});

export const taskSettings = [...settings, ...told];
