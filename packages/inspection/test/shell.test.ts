import type { ContainerSettings } from "../src/start/containerSettings";
import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";

/** As Debian has them: what is named here is there, and `nodex` and `nodey` are not. */
const files: Entry[] = [
  file("usr/bin/dash", elf()),
  file("usr/bin/bash", elf()),
  file("usr/bin/busybox", elf()),
  link("usr/bin/sh", "dash"),
  link("bin", "usr/bin"),
  ...["server", "mkdir", "touch", "chown", "sed", "cat", "sleep", "true", "curl", "env", "id", "dirname"].map((name) =>
    file(`usr/bin/${name}`, elf()),
  ),
  file("srv/app/run", elf()),
  file("usr/bin/java", elf()),
  file("work/app.jar", Buffer.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]), 0o644),
  file("etc/profile", "PATH=/x\n", 0o644),
  folder("work"),
  folder("own", 0o755, 1000),
  folder("tmp"),
];
const image = { WorkingDir: "/work", Env: ["PATH=/usr/bin", "NAME=server", "EMPTY="] };

async function findingsOf(Cmd: string[], run?: ContainerSettings) {
  const report = await inspectImage(await layoutOf([files], { ...image, Cmd }), { run, cache: false });
  return report.platforms[0]!.findings;
}

const certaintyOf = async (Cmd: string[]) => (await findingsOf(Cmd))[0]?.certainty;

/** What the real shells do with most of these texts was seen by running them. */
const dies: [string, string[]?][] = [
  ["nodex server.js"],
  ["exec nodex server.js"],
  ["2>&1 nodex"],
  ["NODE_ENV=production nodex"],
  ["node\\\nx"],
  ["no'de'\"x\""],
  ["true && nodex"],
  ["cd /srv/app && ./runx"],
  ["cd nowhere && ./run"],
  ["cd nowhere && server"],
  ["cd /data && server"],
  ["exec server > /var/log/app/out.log"],
  ["exec java $JAVA_OPTS -jar /gone.jar --port 80"],
  ["set -e\nserver < /etc/missing.conf"],
  ["[[ -d /srv ]] && server"],
  ["set -e; [[ $X == a ]]; server"],
  ['X="$(cd "$(dirname "$0")" && pwd)"; exec "$X/nodex"'],
  ['if [ "$(id -u)" = 0 ]; then exec nodex server; fi; exec server'],
  ['[ -z "$(command -v nodex)" ] && exec nodex; exec server'],
  ["set -e\nnodex\nserver"],
  ["set -o errexit; nodex; server"],
  ["nodex --port ${PORT:-80} || exit 1"],
  ["mkdir -p /tmp/x && nodex"],
  ["sleep 5; exec nodex --bind 0:$PORT"],
  ["cat /etc/x | nodex"],
  ["sh -c 'exec nodex'"],
  ["exec sh -ec 'nodex; server'"],
  ["f() { nodex; }; f"],
  ['f() { exec "$@"; }; f nodex a'],
  ['if [ -n "$X" ]; then exec nodex; fi; exec nodey'],
  ['case "$1" in -*) set -- server "$@" ;; esac; exec nodex'],
  ['if [ "${1#-}" != "$1" ]; then set -- server "$@"; fi; exec "$@"', ["docker-entrypoint", "nodex"]],
  ['exec "$@"', ["--", "nodex", "a"]],
  ['exec "$0" "$@"', ["nodex", "a"]],
  ["X=nodex; $X"],
  ["eval 'nodex'"],
  ["command nodex"],
  ["PATH=/srv:$PATH; nodex"],
  [". /missing; server"],
  // Builtins of bash's, which Debian's /bin/sh has not.
  ["source /venv/bin/activate && server"],
  ["[ 'server', 'x' ]"],
  ["[ 'server' ]"],
  ["['server', 'x']"],
];

const runs: [string, string[]?][] = [
  ["server"],
  ["exec server"],
  ["/srv/$FOLDER/run"],
  ["/srv/app-${VERSION}/bin/start"],
  ["f() { server; }; f"],
  ["f() { server; }\nf"],
  ["nodex() { server; }; nodex"],
  ["~/x"],
  ["2>&1 server"],
  ["server & wait"],
  ["nodex || server"],
  ["command -v nodex && nodex; server"],
  ["if ! nodex; then server; fi"],
  ["if command -v nodex; then exec nodex; else exec server; fi"],
  ["/srv/app/r*n"],
  ["ser\\\nver"],
  ["cd /srv/app; ./run"],
  ["PATH=/srv/app:$PATH; run"],
  ["PATH=/srv/app run"],
  [". /etc/profile; nodex"],
  ['eval "$X"; nodex'],
  ["$NAME"],
  ["$CMD nodex"],
  ["alias nodex=server\nnodex"],
  ['set -- server x; exec "$@"'],
  ['exec "$@"', ["--", "server", "a"]],
  ["case $X in a) nodex ;; *) server ;; esac"],
  ["for x in a b; do server; done"],
  ["exec env server"],
  // A shell that goes on is not ended by what it doesn't find.
  ["nodex; server"],
  ["nodex &\nserver"],
  ["cd /data; server"],
  ["server > /tmp/log 2> /dev/null"],
  ["exec server > /dev/shm/log"],
  ['if [ "$(id -u)" != 0 ]; then exec nodex; fi; exec server'],
  ['exec "$(command -v server)"'],
  ['cd "$(dirname "$0")"; server'],
  ["nodex; true && exit; exec nodey"],
  ["exec java $JAVA_OPTS $MAIN --port 80"],
  ["exec java $JAVA_OPTS -jar $JAR"],
  ["exec java -cp $CP -jar /gone.jar"],
  ['[ -n "$(command -v server)" ]'],
  ['[ "$NAME" = "server" ]'],
  ["curl -o x y; nodex"],
];

const may: [string, string[]?][] = [
  ["server; nodex"],
  ["nodex | cat"],
  ["trap 'echo' EXIT; nodex"],
  ['[ -z "$X" ] && exec server; exec nodex'],
  ["[[ -f $X ]] && exec server; nodex"],
];

const withShell = (shell: string, table: [string, string[]?][]) =>
  table.map(([text, rest = []]) => ({ text, Cmd: [shell, "-c", text, ...rest] }));

test.each(withShell("/bin/sh", dies))("sh -c $text dies", async ({ Cmd }) => {
  expect(await certaintyOf(Cmd)).toBe("dies");
});

test.each([...withShell("/bin/sh", runs), ...withShell("/bin/bash", runs)])("$Cmd.0 -c $text is not stopped", async ({ Cmd }) => {
  expect(await certaintyOf(Cmd)).toBeUndefined();
});

test.each(withShell("/bin/bash", may))("bash -c $text may die", async ({ Cmd }) => {
  expect(await certaintyOf(Cmd)).toBe("may");
});

test.each([
  [["/bin/bash", "-o", "pipefail", "-c", "nodex app:app"], "dies"],
  [["/bin/bash", "-euo", "pipefail", "-c", "nodex"], "dies"],
  [["/bin/sh", "-e", "-c", "nodex; server"], "dies"],
  [["/bin/busybox", "sh", "-c", "nodex"], "dies"],
  [["/bin/bash", "-lc", "nodex"], undefined],
  [["/bin/bash", "--login", "-c", "/nodex"], "may"],
  [["/bin/busybox", "sh", "-c", "httpd -f"], undefined],
  [["/bin/bash", "-c", "shopt -s nullglob; server"], undefined],
  [["/bin/bash", "-c", "pushd /srv/app; ./run"], undefined],
  [["/bin/bash", "-c", "declare X=server; $X"], undefined],
  [["/bin/bash", "-c", "/srv/app/{run,x}"], undefined],
  [["/bin/bash", "-nc", "nodex"], undefined],
])("%j: %s", async (Cmd, certainty) => {
  expect(await certaintyOf(Cmd)).toBe(certainty);
});

/** Each was given to dash, bash and BusyBox. */
test.each([
  ["bash", "set -e; load() { [[ -f .env ]] && . ./.env; }; load; server", "dies"],
  ["sh", "set -e; load() { [ -f .env ] && . ./.env; }; load; server", "dies"],
  ["sh", "set -e; load() { if true; then [ -f .env ] && . ./.env; fi; }; load; server", "dies"],
  ["sh", "set -e; (false && true); server", "dies"],
  ["sh", "set -e; f() { return 1; }; f; server", "dies"],
  ["sh", "set -e; [ -f .env ] && . ./.env; server", undefined],
  ["sh", "set -e; { false && true; }; server", undefined],
  ["sh", "set -e; f() { false && true; }; g() { f; server; }; g || true; server", undefined],
  ["sh", "set -e; load() { [ -f .env ] && . ./.env; return 0; }; load; server", undefined],
  ["sh", "set -e; load() { [ ! -f .env ] || . ./.env; }; load; server", undefined],
  ["bash", "set -e; load() { [[ -f app.jar ]] && true; }; load; server", undefined],
  ["bash", "set -e; load() { [[ $X == a* ]] && true; }; load; server", undefined],
  ["bash", "[[ -d /srv && ! -f /none ]] || exit 1; server", undefined],
  ["bash", "[[ server == ser* && (a != a || -n x) ]] || exit 1; server", undefined],
  ["bash", "shopt -s nocasematch; [[ A == a ]] || exit 1; server", undefined],
  ["bash", "[[ -f /none ]] || exit 3; server", "dies"],
  ["sh", "set -e; [[ -n $X && -z $Y ]]; server", undefined],
  ["sh", "set -e; [[ -n $X ]]; server", "dies"],
])("%s: %s: %s", async (shell, text, certainty) => {
  expect(await certaintyOf([`/bin/${shell}`, "-c", text])).toBe(certainty);
});

test("files that a shell can't write", async () => {
  const asUser = { user: "1000:1000" };
  const codes = async (text: string, run: ContainerSettings) =>
    (await findingsOf(["/bin/sh", "-c", text], run)).map(({ certainty, code }) => `${certainty} ${code}`);
  expect(await codes("exec server > /srv/log", asUser)).toEqual(["dies FL2130"]);
  expect(await codes("set -e; true > /etc/profile; server", asUser)).toEqual(["dies FL2130"]);
  expect(await codes("exec server > /srv/log", {})).toEqual([]);
  expect(await codes("exec server > /srv/log", { readonlyRootFilesystem: true })).toEqual(["dies FL2130"]);
  expect(await codes("exec server > /tmp/log", { readonlyRootFilesystem: true, writableMounts: ["/tmp"] })).toEqual([]);
  expect(await codes("true > /srv/log; server", asUser)).toEqual([]);
  expect(await codes("mkdir /x; chown server /x; exec server > /x/log", asUser)).toEqual([]);
});

test("what a script can't prepare as its user is told, where it ends it", async () => {
  const asUser = { user: "1000:1000" };
  const codes = async (text: string, run: ContainerSettings) =>
    (await findingsOf(["/bin/sh", "-c", text], run)).map(({ certainty, code }) => `${certainty} ${code}`);
  expect(await codes("set -e; chown www-data /srv; exec server", asUser)).toEqual(["may FL2130"]);
  expect(await codes("set -e; touch lock; exec server", asUser)).toEqual(["may FL2130"]);
  expect(await codes("set -e; sed -i s/a/b/ /etc/profile; exec server", asUser)).toEqual(["may FL2130"]);
  expect(await codes("set -e; touch /tmp/lock; exec server", { readonlyRootFilesystem: true })).toEqual(["may FL2130"]);
  expect(await codes("set -e; sed -i s/a/b/ /srv/x; exec server", { readonlyRootFilesystem: true })).toEqual(["may FL2130"]);
  for (const text of [
    "set -e; chown 1000 /own; exec server",
    "chown www-data /srv; touch lock; exec server",
    "set -e; chown www-data /srv || true; exec server",
    "set -e; if touch lock; then server; fi; exec server",
    "set -e; mkdir -p /srv/app; sed s/a/b/ /etc/profile; exec server",
    "set -e; touch -c lock; exec server",
  ])
    expect(await codes(text, asUser)).toEqual([]);
  for (const text of ["set -e; chown www-data /srv; touch lock; exec server", "set -e; sed -i s/a/b/ /etc/profile; exec server"])
    expect(await codes(text, {})).toEqual([]);
  const mounted = { readonlyRootFilesystem: true, writableMounts: ["/tmp"] };
  expect(await codes("set -e; touch /tmp/lock; mkdir /tmp/x; exec server", mounted)).toEqual([]);
});

test.each([
  ["wget", "http://database.internal/x"],
  ["tail", "-f", "/var/log/none"],
  ["find", "/srv", "-name", "x", "-o", "-name", "y"],
  ["httpd", "-f", "-p", "8080"],
  ["nc", "-lk", "-p", "80", "-e", "/bin/cat"],
  ["env", "A=1", "cat", "/none"],
])("%s of BusyBox is no shell", async (...Cmd) => {
  const layout = await layoutOf([[file("bin/busybox", elf()), link(`bin/${Cmd[0]}`, "busybox"), link("bin/cat", "busybox")]], {
    ...image,
    Env: ["PATH=/bin"],
    Cmd,
  });
  expect((await inspectImage(layout, { cache: false })).platforms[0]!.findings).toEqual([]);
});

test("a health check is asked of a container that runs", async () => {
  const check = (text: string, run: ContainerSettings = {}) => findingsOf(["server"], { healthCheck: ["CMD-SHELL", text], ...run });
  expect(await check("test -f /tmp/ready")).toEqual([]);
  expect(await check("test -f /tmp/ready || exit 1")).toEqual([]);
  expect(await check("test -f /srv/ready", { readonlyRootFilesystem: true })).toMatchObject([{ code: "FL2112", certainty: "dies" }]);
  expect(await check("curlx -f localhost || exit 1")).toMatchObject([{ code: "FL2112", certainty: "dies" }]);
});

test("what a user may not enter is not there", async () => {
  const layout = await layoutOf([[...files, folder("root", 0o700), file("root/.env", "A=1\n")]], image);
  const codes = async (text: string) => {
    const report = await inspectImage(layout, { run: { command: ["sh", "-c", text], user: "1000:1000" }, cache: false });
    return report.platforms[0]!.findings.map(({ code }) => code);
  };
  expect(await codes("if [ -f /root/.env ]; then . /root/.env; fi; exec server")).toEqual([]);
  expect(await codes("[ -f /root/.env ] || exec nodex; exec server")).toEqual(["FL2104"]);
});

test("a volume may have what a shell looks for", async () => {
  const run = { writableMounts: ["/data"] };
  expect(await findingsOf(["/bin/sh", "-c", "cd /data/app && server"], run)).not.toContainEqual(
    expect.objectContaining({ code: "FL2130" }),
  );
  expect(await findingsOf(["/bin/sh", "-c", "exec server < /data/conf"], run)).not.toContainEqual(
    expect.objectContaining({ code: "FL2130" }),
  );
  expect(await findingsOf(["/bin/sh", "-c", "if [ -f /data/x ]; then exec server; else exec nodex; fi"], run)).not.toContainEqual(
    expect.objectContaining({ code: "FL2104" }),
  );
});

test("what bash reads first may set PATH", async () => {
  expect(await findingsOf(["/bin/bash", "-c", "nodex"], { environment: { BASH_ENV: "/etc/bashrc" } })).toEqual([]);
});

test("what bash does by itself needs no program under dash, but bash", async () => {
  expect(await findingsOf(["/bin/sh", "-c", "source /venv/bin/activate && server $X"])).toMatchObject([
    { code: "FL2134", certainty: "dies", problem: '"source" is bash\'s, and dash does not know it: source /venv/bin/activate' },
  ]);
});

test("a list in single quotes is told, with the list as it should be", async () => {
  expect(await findingsOf(["/bin/sh", "-c", "[ 'node', 'x.js' ]"])).toMatchObject([
    { code: "FL2131", fix: expect.stringContaining('CMD ["node", "x.js"]') as string },
  ]);
});

test.each([
  ["deep", "(".repeat(30_000)],
  ["deeper", `${"$(".repeat(20_000)}${")".repeat(20_000)}`],
  ["long", "nodex;".repeat(16_000)],
  ["functions that call themselves", "f() { f; f; }; f; nodex"],
  ["calls that multiply", `f0() { :; }\n${Array.from({ length: 60 }, (_, n) => `f${n + 1}() { f${n}; f${n}; }`).join("\n")}\nf60; nodex`],
  ["variables that double", `A=x\n${"A=$A$A$A$A\n".repeat(200)}server $A`],
  ["words that double", `${'set -- "$@" "$@" a\n'.repeat(60)}nodex "$@"`],
  ["functions in functions", "f()".repeat(20_000)],
  ["heredocs", "<<E ".repeat(15_000)],
])("hostile: %s", async (_title, text) => {
  expect(await findingsOf(["/bin/sh", "-c", text])).not.toContainEqual(expect.objectContaining({ certainty: "dies" }));
});
