import { elf, file, link, type Entry } from "../testing/testImage";
import { verdictsOf } from "../testing/findings";

const files: Entry[] = [
  file("usr/bin/dash", elf()),
  link("bin", "usr/bin"),
  link("usr/bin/sh", "dash"),
  ...["server", "node", "env"].map((name) => file(`usr/bin/${name}`, elf())),
  file("app/main.js", "require('left-pad');\n", 0o644),
  file("app/cli.js", "#!/usr/bin/env nodex\n"),
];
const of = (Cmd: string[], Env: string[] = [], run = {}) =>
  verdictsOf([files], { Cmd, WorkingDir: "/app", Env: ["PATH=/usr/bin", ...Env] }, run);

/** Whether the program is found hangs on a value that nobody knows before the task starts, or that the task may have set anew. */
const unknown: [string, string[]][] = [
  ["exec $WRAPPER nodex", ["WRAPPER="]],
  ["NODE_PATH=$LIBRARIES node main.js", []],
  ["NODE_PATH=$LIBRARIES exec node main.js", ["LIBRARIES=/lib"]],
  ["export NODE_PATH=$LIBRARIES; exec node main.js", ["LIBRARIES=/lib"]],
  ['if [ -n "$EXTRA" ]; then export NODE_PATH=/data; fi; exec node main.js', []],
  ['[ -n "$EXTRA" ] && NODE_PATH=/data; exec node main.js', []],
  ["export PATH=$TOOLS:$PATH; exec /app/cli.js", []],
  ["export PATH=$TOOLS:$PATH; exec /app/cli.js", ["TOOLS=/opt"]],
  ["CDPATH=$X; cd lib && exec server", []],
];

test.each(unknown)("sh -c '%s' with the image's %j is not stopped", async (text, variables) => {
  expect(await of(["sh", "-c", text], variables)).not.toContainEqual(expect.stringMatching(/^dies/));
});

/** Nothing that is not known changes these. */
test.each([
  ["exec node main.js"],
  ["export NODE_PATH=/lib${NODE_PATH:+:$NODE_PATH}; exec node main.js"],
  ["unset NODE_PATH; exec node main.js"],
  ["export TMPDIR=$(mktemp -d) ENV=$1; exec node main.js"],
  ["export PATH=$TOOLS:$PATH; exec /app/nodex"],
  ["PATH=/opt:$PATH exec nodex"],
  ["cd lib && exec server"],
])("sh -c '%s' dies", async (text) => {
  expect(await of(["sh", "-c", text])).toContainEqual(expect.stringMatching(/^dies/));
});

test("a variable of the image in env -S may be another in the task", async () => {
  expect(await of(["/usr/bin/env", "-S", "${TOOL} x"], ["TOOL=nodex"])).toEqual([]);
});

test.each([
  ['test -n "$READY" && exec server', []],
  ['test -n "$READY" && exec server', ["READY="]],
  [": ${DATABASE_URL:?}; exec server", ["DATABASE_URL="]],
  ['[ "${MODE:-}" = web ] || exit 1; exec server', []],
])("sh -c '%s' with the image's %j runs, for a secret may set it", async (text, variables) => {
  expect(await of(["sh", "-c", text], variables)).toEqual([]);
});

test("a program that is not there may be there for a secret that sets PATH", async () => {
  const found = await of(["nodex"], [], { secrets: ["STRIPE_KEY", "PATH"] });
  expect(found).toEqual([expect.stringMatching(/^may FL2104/)]);
  expect(await of(["nodex"], [], { secrets: ["STRIPE_KEY"] })).toEqual([expect.stringMatching(/^dies FL2104/)]);
});
