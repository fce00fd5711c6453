import type { ContainerSettings } from "../src/container/containerSettings";
import { verdictsOf } from "../testing/findings";
import { elf, file, folder, link, type Entry } from "../testing/testImage";

const sh = file("bin/sh", elf());
const program = (name: string) => file(`usr/bin/${name}`, elf());
const readOnly: ContainerSettings = { readonlyRootFilesystem: true };
const nginxConf = (text: string) => file("etc/nginx/nginx.conf", text, 0o644);

const busyBoxHttpd = [program("busybox"), link("usr/bin/httpd", "busybox")];

type Case = [string, string[], Entry[], Record<string, unknown>, ContainerSettings];
const told: Case[] = [
  ["gunicorn without a folder for its workers", ["may FL2152"], [program("gunicorn")], { Cmd: ["gunicorn", "app:app"] }, readOnly],
  ["gunicorn as a module of Python", ["may FL2152"], [program("python3")], { Cmd: ["python3", "-m", "gunicorn", "app:app"] }, readOnly],
  ["gunicorn behind an init", ["may FL2152"], [program("gunicorn"), program("tini")], { Cmd: ["tini", "--", "gunicorn"] }, readOnly],
  [
    "gunicorn with a volume elsewhere",
    ["may FL2152"],
    [program("gunicorn"), folder("data", 0o777)],
    { Cmd: ["gunicorn"], Volumes: { "/data": {} } },
    { ...readOnly, writableMounts: ["/data"] },
  ],
  ["nginx", ["may FL2152"], [program("nginx")], { Cmd: ["nginx", "-g", "daemon off;"] }, readOnly],
  ["a port below 1024", ["may FL2151"], [program("node")], { Cmd: ["node"], User: "1000" }, { containerPort: 80 }],
  ["root, where the image is to say who", ["may FL2168"], [program("node")], { Cmd: ["node"] }, { user: "image" }],
  ["root by its number", ["may FL2168"], [program("node")], { Cmd: ["node"], User: "0:0" }, { user: "image" }],
  ["nginx in the background", ["may FL2153"], [program("nginx"), nginxConf("user www;\nevents {}\n")], { Cmd: ["nginx"] }, {}],
  ["service start", ["may FL2153"], [sh, program("service")], { Cmd: ["/bin/sh", "-c", "service nginx start"] }, {}],
  ["redis as a daemon", ["may FL2153"], [program("redis-server")], { Cmd: ["redis-server", "--daemonize", "yes"] }, {}],
  ["apache in the background", ["may FL2153"], [program("apache2")], { Cmd: ["apache2"] }, {}],
  [
    "supervisord in the background",
    ["may FL2153"],
    [program("supervisord"), file("etc/s/supervisord.conf", "[supervisord]\n", 0o644)],
    { Cmd: ["supervisord", "-c", "/etc/s/supervisord.conf"] },
    {},
  ],
  ["httpd of BusyBox in the background", ["may FL2153"], busyBoxHttpd, { Cmd: ["httpd", "-p", "80"] }, {}],
  ["httpd of Apache with a file of its own", ["may FL2153"], [program("httpd")], { Cmd: ["httpd", "-f", "/etc/a.conf"] }, {}],
  ["pm2 in the background", ["may FL2153"], [program("pm2")], { Cmd: ["pm2", "start", "app.js"] }, {}],
];

test.each(told.map(([title, expected, entries, config, run]) => ({ title, expected, entries, config, run })))(
  "$title is told",
  async ({ expected, entries, config, run }) => {
    expect((await verdictsOf([entries], config, run)).filter((verdict) => /FL21(5|68)/.test(verdict))).toEqual(expected);
  },
);

const nothing: [string, Entry[], Record<string, unknown>, ContainerSettings][] = [
  ["the image's own user", [program("node")], { Cmd: ["node"], User: "1001" }, { user: "image" }],
  ["root, of which the task says nothing", [program("node")], { Cmd: ["node"] }, {}],
  ["gunicorn on files that can be written", [program("gunicorn")], { Cmd: ["gunicorn"] }, {}],
  ["gunicorn with /dev/shm", [program("gunicorn")], { Cmd: ["gunicorn", "--worker-tmp-dir", "/dev/shm"] }, readOnly],
  [
    "gunicorn with /dev/shm in its variable",
    [program("gunicorn")],
    { Cmd: ["gunicorn"], Env: ["PATH=/usr/bin", "GUNICORN_CMD_ARGS=--worker-tmp-dir=/dev/shm"] },
    readOnly,
  ],
  [
    "gunicorn with /dev/shm in its file",
    [program("gunicorn"), file("srv/gunicorn.conf.py", 'worker_tmp_dir = "/dev/shm"\n', 0o644)],
    { Cmd: ["gunicorn"], WorkingDir: "/srv" },
    readOnly,
  ],
  [
    "gunicorn with a volume at /tmp",
    [program("gunicorn"), folder("tmp", 0o1777)],
    { Cmd: ["gunicorn"], Volumes: { "/tmp": {} } },
    { ...readOnly, writableMounts: ["/tmp"] },
  ],
  [
    "nginx with a VOLUME of its cache",
    [program("nginx")],
    { Cmd: ["nginx", "-g", "daemon off;"], Volumes: { "/var/cache/nginx/": {} } },
    readOnly,
  ],
  ["httpd of BusyBox in the foreground", busyBoxHttpd, { Cmd: ["httpd", "-f", "-p", "80"] }, {}],
  ["httpd of BusyBox in the foreground, and verbose", busyBoxHttpd, { Cmd: ["httpd", "-vf"] }, {}],
  ["what writes nothing", [program("node")], { Cmd: ["node"] }, readOnly],
  ["a port below 1024 of root's", [program("node")], { Cmd: ["node"] }, { containerPort: 80 }],
  ["a port from 1024 on", [program("node")], { Cmd: ["node"], User: "1000" }, { containerPort: 8080 }],
  ["nginx whose file keeps it", [program("nginx"), nginxConf("daemon off;\nevents {}\n")], { Cmd: ["nginx"] }, {}],
  ["nginx whose file has others", [program("nginx"), nginxConf("include /etc/nginx/main.d/*.conf;\nevents {}\n")], { Cmd: ["nginx"] }, {}],
  ["nginx without a file that is known", [program("nginx")], { Cmd: ["nginx"] }, {}],
  [
    "what a shell starts before it goes on",
    [sh, program("service"), program("node")],
    { Cmd: ["/bin/sh", "-c", "service cron start && exec node"] },
    {},
  ],
  ["redis", [program("redis-server")], { Cmd: ["redis-server", "/etc/redis.conf"] }, {}],
  ["apache in the foreground", [program("apache2")], { Cmd: ["apache2", "-D", "FOREGROUND"] }, {}],
  ["pm2-runtime", [program("pm2-runtime")], { Cmd: ["pm2-runtime", "app.js"] }, {}],
  ["supervisord in the foreground", [program("supervisord")], { Cmd: ["supervisord", "-n"] }, {}],
];

test.each(nothing.map(([title, entries, config, run]) => ({ title, entries, config, run })))(
  "of $title nothing is told",
  async ({ entries, config, run }) => {
    expect((await verdictsOf([entries], config, run)).filter((verdict) => /FL21(5|68)/.test(verdict))).toEqual([]);
  },
);

test("an init starts what Linux alone refuses: a text, and a program relative to WORKDIR", async () => {
  const entries = [[sh, file("app/run", "echo hello\n")]];
  const config = { Cmd: ["run"], WorkingDir: "/app", Env: ["PATH=.:/bin"] };
  expect(await verdictsOf(entries, { Cmd: ["/app/run"] })).toEqual(["dies FL2110"]);
  expect(await verdictsOf(entries, { Cmd: ["/app/run"] }, { initProcessEnabled: true })).toEqual([]);
  expect(await verdictsOf([[file("app/run", elf())]], config)).toEqual(["dies FL2148"]);
  expect(await verdictsOf([[file("app/run", elf())]], config, { initProcessEnabled: true })).toEqual([]);
  expect(await verdictsOf(entries, { Cmd: ["/gone"] }, { initProcessEnabled: true })).toEqual(["dies FL2104"]);
});
