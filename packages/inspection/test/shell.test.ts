import { inspectImage } from "../src/inspectImage";
import { elf, file, layoutOf, link } from "../testing/testImage";
import { findingsOf, image } from "./shellImage";

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
