import type { ContainerSettings } from "../src/container/containerSettings";
import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";

/** What each of these texts does was seen by giving it to dash 0.5.12, bash 5.2 and BusyBox 1.35. */
const files: Entry[] = [
  ...["dash", "bash", "busybox", "server", "cat", "env", "xargs"].map((name) => file(`usr/bin/${name}`, elf())),
  link("usr/bin/sh", "dash"),
  link("bin", "usr/bin"),
  file("srv/.env", "FROM_FILE=1\n", 0o644),
  file("run/url", "postgres://x\n", 0o644),
  file("srv/needs.sh", '#!/bin/sh\n: "${DATABASE_URL:?is not set}"\nexec server\n'),
  file("srv/entry.sh", '#!/bin/sh\nexec "$@"\n'),
  file("srv/setsIt.sh", '#!/bin/sh\nexport DATABASE_URL="$(cat /run/url)"\nexec /srv/needs.sh\n'),
  file("srv/package.json", '{"scripts":{"start":"sh -c \'echo ${npm_package_name:?} ${DATABASE_URL:?}; server\'"}}', 0o644),
  folder("srv"),
];
const image = { WorkingDir: "/srv", Env: ["PATH=/usr/bin", "OF_IMAGE=x", "EMPTY="] };

async function findingsOf(Cmd: string[], run: ContainerSettings = { variables: ["OF_TASK"] }) {
  const report = await inspectImage(await layoutOf([files], { ...image, Cmd }), { run, cache: false });
  return report.platforms[0]!.findings;
}

const shells = [["/bin/dash"], ["/bin/bash"], ["/bin/busybox", "sh"]];

const dies: [string, string[]?][] = [
  [': "${DATABASE_URL:?is not set}"; server'],
  ["X=${DATABASE_URL:?}; server"],
  ["if server ${DATABASE_URL:?}; then :; fi; server"],
  ["server ${DATABASE_URL:?} || true; server"],
  ["f() { server ${DATABASE_URL:?}; }; f; server"],
  ["for i in ${DATABASE_URL:?}; do server; done; server"],
  ["case ${DATABASE_URL:?} in a) server ;; esac; server"],
  ["export URL=${DATABASE_URL:?}; server"],
  ["set -u; exec server --url $DATABASE_URL"],
  ['set -eu; server "$DATABASE_URL"; server'],
  ["set -u; X=$DATABASE_URL; server"],
  ["set -u; server ${#DATABASE_URL}; server"],
  ["set -u; server ${DATABASE_URL%/*}; server"],
  ["set -u; server ${OTHER:-$DATABASE_URL}; server"],
  ['set -u; [ -n "$DATABASE_URL" ] && server; server'],
  ["set -u; unset OF_IMAGE; export DATABASE_URL; server $DATABASE_URL; server"],
  ['if [ -z "$DATABASE_URL" ]; then echo "DATABASE_URL is not set" >&2; exit 1; fi; exec server'],
  ['[ -n "$DATABASE_URL" ] || exit 1; exec server'],
  ['test -z "${DATABASE_URL}" && exit 1; server'],
  ['server "${1:?what}"'],
  ["set -u; server $1"],
  ["set -u; exec server $2", ["sh", "a"]],
  ["/srv/needs.sh"],
  ["exec dash /srv/needs.sh"],
  ["exec /srv/entry.sh /srv/needs.sh"],
  ["server ${EMPTY2:=}${EMPTY2:?}"],
];

const runs: [string, string[]?][] = [
  [': "${OF_TASK:?}"; server'],
  [': "${OF_IMAGE:?}"; server'],
  [': "${EMPTY?}"; server'],
  ["server ${DATABASE_URL:-none} ${DATABASE_URL-} ${DATABASE_URL:+x}; server"],
  ["set -u; server ${DATABASE_URL:-none} ${DATABASE_URL-} ${DATABASE_URL:+x} ${OF_IMAGE:-$DATABASE_URL}"],
  [": ${DATABASE_URL:=x}; set -u; server $DATABASE_URL"],
  ["DATABASE_URL=x; : ${DATABASE_URL:?}; server"],
  ["set -u; A=1 B=$A server"],
  ["A=${DATABASE_URL:=x} server; : ${DATABASE_URL:?}; server"],
  ["(server ${DATABASE_URL:?}); server"],
  ["X=$(server ${DATABASE_URL:?}); server"],
  ["server ${DATABASE_URL:?} & server"],
  ["set -a; . /srv/.env; : ${FROM_FILE:?}; server"],
  ["export $(cat /run/secrets/.env | xargs); : ${DATABASE_URL:?}; server"],
  ['eval "$(cat /run/env)"; : ${DATABASE_URL:?}; server'],
  ["read DATABASE_URL < /run/url; : ${DATABASE_URL:?}; server"],
  ["export DATABASE_URL=$(cat /run/url); : ${DATABASE_URL:?}; server"],
  ['while read -r line; do export "$line"; done < /run/url; : ${DATABASE_URL:?}; server'],
  ['for f in /run/secrets/*; do export "${f##*/}=$(cat $f)"; done; : ${DATABASE_URL:?}; server'],
  ["for DATABASE_URL in a b; do :; done; : ${DATABASE_URL:?}; server"],
  ["f() { DATABASE_URL=x; }; f; : ${DATABASE_URL:?}; server"],
  ["trap 'READY=1' USR1; server & wait; [ -n \"$READY\" ] || exit 1; server"],
  ['[ -n "$OF_TASK" ] || exit 1; server'],
  ["/srv/setsIt.sh"],
  ["DATABASE_URL=x /srv/needs.sh"],
  ["export DATABASE_URL=x; exec /srv/entry.sh /srv/needs.sh"],
  ["exec env DATABASE_URL=x /srv/needs.sh"],
  ["set -u; server $AWS_REGION $AWS_EXECUTION_ENV $ECS_CONTAINER_METADATA_URI_V4 $AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
  ['set -u; server $HOME $HOSTNAME $PWD $IFS $PPID $OPTIND $? $# $$ $0 $- $@ $* "$@"'],
  ["set -u; server ${HOSTNAME:?} ${USER:?} ${TERM:?} ${SHLVL:?} ${RANDOM:?} ${LINENO:?} ${UID:?} ${_:?}"],
  ["set -u; cat <<E\n$DATABASE_URL\nE\nserver"],
  ['[ -n "${DATABASE_URL:-}" ] && server ${DATABASE_URL:?}; server'],
  ["set -u; server $1", ["sh", "a"]],
  ["set -- $EMPTY; set -u; server $1"],
  ['f() { [ "$#" = 0 ] && exit 1; server; }; f $EMPTY'],
  ["f() { set -u; server $1; }; f $OF_IMAGE"],
];

const told: [string][] = [["server ${DATABASE_URL:?} | cat; server"], ["server; : ${DATABASE_URL:?}; server"]];

const each = (table: [string, string[]?][]) =>
  shells.flatMap((shell) => table.map(([text, rest = []]) => ({ text, Cmd: [...shell, "-c", text, ...rest] })));

test.each(each(dies))("$Cmd.0 -c $text dies", async ({ Cmd }) => {
  expect(await findingsOf(Cmd)).toMatchObject([{ certainty: "dies", code: "FL2154" }]);
});

test.each(each(runs))("$Cmd.0 -c $text is not stopped", async ({ Cmd }) => {
  expect(await findingsOf(Cmd)).toEqual([]);
});

test.each(each(told))("$Cmd.0 -c $text is told", async ({ Cmd }) => {
  expect(await findingsOf(Cmd)).toMatchObject([{ certainty: "may" }]);
});

test.each(each(dies).filter(({ text }) => /DATABASE_URL/.test(text)))(
  "$Cmd.0 -c $text says nothing where nobody knows what the task sets",
  async ({ Cmd }) => {
    expect(await findingsOf(Cmd, {})).toEqual([]);
    expect(await findingsOf(Cmd, { variables: ["DATABASE_URL", "OTHER"] })).toEqual([]);
  },
);

test("the variable that nobody sets is named", async () => {
  expect(await findingsOf(["/srv/needs.sh"])).toMatchObject([
    { file: "/srv/needs.sh", problem: expect.stringMatching(/DATABASE_URL.*neither the image nor the task sets/) as string },
  ]);
});

test("what a package manager sets is set", async () => {
  const npm = ["usr/bin/node", "usr/bin/npm"].map((name) => file(name, elf()));
  const layout = await layoutOf([[...files, ...npm]], { ...image, Cmd: ["npm", "start"] });
  const { platforms } = await inspectImage(layout, { run: { variables: [] }, cache: false });
  expect(platforms[0]!.findings.filter(({ certainty }) => certainty === "dies")).toEqual([]);
});

test.each([
  ["/bin/dash", "server ${X:0:1}; server", "dies"],
  ["/bin/dash", "server ${X//a/b}; server", "dies"],
  ["/bin/dash", 'X="${Y^^}"; server', "dies"],
  ["/bin/dash", "server ${X[0]} || true; server", "dies"],
  ["/bin/dash", "if [ -f /run/x ]; then server ${X//a/b}; fi; server", undefined],
  ["/bin/dash", "f() { server ${X//a/b}; }; server", undefined],
  ["/bin/dash", "server ${OF_IMAGE:-${X//a/b}}; server", undefined],
  ["/bin/dash", "false && server ${X//a/b}; server", undefined],
  ["/bin/dash", "cat <<E\n${X//a/b}\nE\nserver", undefined],
  ["/bin/dash", 'server "${#X}" "${X%%a*}" "${X##*/}" "${X-}" "${X}"; server', undefined],
  ["/bin/bash", 'server ${X:0:1} ${X//a/b} "${Y^^}" ${X[0]} "${@:2}"; server', undefined],
  ["/bin/busybox sh", "server ${X:0:1} ${X//a/b}; server", undefined],
])("%s -c %s: what dash can't fill in ends it: %s", async (shell, text, certainty) => {
  const [found] = await findingsOf([...shell.split(" "), "-c", text]);
  expect(found?.certainty).toBe(certainty);
  if (certainty) expect(found!.code).toBe("FL2134");
});
