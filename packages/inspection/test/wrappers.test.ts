import { inspectImage } from "../src/inspectImage";
import { elf, file, layoutOf, type Entry } from "../testing/testImage";

const names = [
  ...[
    "tini",
    "dumb-init",
    "catatonit",
    "gosu",
    "su-exec",
    "s6-setuidgid",
    "setpriv",
    "nice",
    "ionice",
    "timeout",
    "nohup",
    "setsid",
    "stdbuf",
  ],
  ...["env", "sh", "server"],
];
const files: Entry[] = [
  ...names.map((name) => file(`usr/bin/${name}`, elf())),
  file("srv/text", "echo\n"),
  file("srv/private", elf(), 0o700),
  file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n", 0o644),
  file("etc/group", "app:x:1000:\n", 0o644),
];

async function certaintyOf(words: string, config: Record<string, unknown> = {}, more: Entry[] = []) {
  const layout = await layoutOf([[...files, ...more]], { Env: ["PATH=/usr/bin"], Cmd: words.split(" "), ...config });
  const report = await inspectImage(layout, { cache: false });
  return report.platforms[0]!.findings[0]?.certainty;
}

async function codeOf(words: string, config: Record<string, unknown>) {
  const layout = await layoutOf([files], { Env: ["PATH=/usr/bin"], Cmd: words.split(" "), ...config });
  return (await inspectImage(layout, { cache: false })).platforms[0]!.findings[0]?.code;
}

/** What the real programs do with nearly all of these lines was seen by running them. */
const ways = [
  ...[
    "tini --",
    "tini -s -g --",
    "tini -p SIGTERM -e 143 --",
    "tini",
    "dumb-init",
    "dumb-init -r 15:2 --",
    "dumb-init --rewrite 15:2 -c",
    "catatonit -g --",
  ],
  ...[
    "gosu app",
    "gosu app:app",
    "gosu 1000:1000",
    "su-exec app",
    "s6-setuidgid app",
    "setpriv --reuid=app --regid app --init-groups",
    "setpriv --nnp",
  ],
  ...[
    "nice",
    "nice -n 5",
    "nice -5",
    "nice --adjustment=5",
    "ionice -c 2 -n5",
    "timeout 5",
    "timeout -k 1 -s KILL 5s",
    "timeout --signal=INT --foreground 5",
  ],
  ...[
    "nohup",
    "setsid -w",
    "stdbuf -oL",
    "stdbuf --output=L -e 0",
    "env",
    "env A=1",
    "env -u A -C /srv",
    "tini -- gosu app nice -n 1",
    "sh -c",
  ],
];

test.each(ways)("%s starts what follows", async (way) => {
  expect(await certaintyOf(`${way} nodex`)).toBe("dies");
  expect(await certaintyOf(`${way} server`)).toBeUndefined();
});

test.each(ways.filter((way) => way !== "sh -c" && !/s6-|gosu/.test(way)))("%s hands a text without #! to a shell", async (way) => {
  expect(await certaintyOf(`${way} /srv/text`)).toBeUndefined();
});

test.each(["gosu app", "s6-setuidgid app"])("%s doesn't hand a text to a shell", async (way) => {
  expect(await certaintyOf(`${way} /srv/text`)).toBe("dies");
});

test("neither does what is linked with musl", async () => {
  const interpreter = "/lib/ld-musl-x86_64.so.1";
  const musl = [file("usr/bin/tini", elf({ interpreter })), file(interpreter.slice(1), elf({ type: 3 }))];
  expect(await certaintyOf("tini -- /srv/text", {}, musl)).toBe("dies");
});

test.each([
  ["gosu app /srv/private", "dies"],
  ["gosu root /srv/private", undefined],
  ["gosu nobodyx server", "dies"],
  ["gosu app:nogroupx server", "dies"],
  ["su-exec nobodyx server", "dies"],
  ["setpriv --reuid=nobodyx server", "dies"],
  ["setpriv --reuid=1000 --clear-groups /srv/private", "dies"],
  ["s6-setuidgid nobodyx server", "dies"],
  ["tini --version", undefined],
  ["tini --unknown nodex", undefined],
  ["timeout --help", undefined],
  ["env", undefined],
  ["nice", undefined],
])("%s: %s", async (words, certainty) => {
  expect(await certaintyOf(words)).toBe(certainty);
});

test("only root can change the user", async () => {
  expect(await codeOf("gosu app server", { User: "1000" })).toBe("FL2132");
  expect(await certaintyOf("gosu app server", { User: "1000" })).toBe("dies");
  expect(await certaintyOf("setpriv --reuid=1000 --clear-groups server", { User: "1000" })).toBe("dies");
  expect(await certaintyOf("setpriv --nnp server", { User: "1000" })).toBeUndefined();
  expect(await certaintyOf("gosu app server", { User: "1000" }, [file("usr/bin/gosu", elf(), 0o4755)])).toBeUndefined();
});

test("somebody's own script of that name is no wrapper", async () => {
  expect(await certaintyOf("tini nodex", {}, [file("usr/bin/tini", '#!/usr/bin/sh\nexec server "$@"\n')])).toBeUndefined();
});

test.each(["sh -c", "sh -ec"])("what %s starts through a wrapper is judged too", async (way) => {
  const Cmd = (text: string) => ({ Cmd: [...way.split(" "), text] });
  expect(await certaintyOf("", Cmd('exec gosu app nodex "$@"'))).toBe("dies");
  expect(await certaintyOf("", Cmd("exec tini -s -- nodex $OPTIONS"))).toBe("dies");
  expect(await certaintyOf("", Cmd("exec tini $OPTIONS -- nodex"))).toBeUndefined();
  expect(await certaintyOf("", Cmd("exec gosu $USER nodex"))).toBeUndefined();
});
