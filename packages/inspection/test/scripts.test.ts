import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";

const files: Entry[] = [
  file("usr/bin/dash", elf()),
  file("usr/bin/bash", elf()),
  file("usr/bin/busybox", elf()),
  link("usr/bin/sh", "dash"),
  link("bin", "usr/bin"),
  ...["server", "mkdir", "env", "tini", "gosu", "id"].map((name) => file(`usr/bin/${name}`, elf())),
  file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n", 0o644),
  folder("work"),
];

async function findingsOf(text: string, config: Record<string, unknown>, mode = 0o755) {
  const layout = await layoutOf([[...files, file("entry.sh", text, mode)]], { Env: ["PATH=/usr/bin"], WorkingDir: "/work", ...config });
  return (await inspectImage(layout, { cache: false })).platforms[0]!.findings;
}

const entry = { Entrypoint: ["/entry.sh"], Cmd: ["server"] };
const told = async (...args: Parameters<typeof findingsOf>) =>
  (await findingsOf(...args)).map(({ certainty, code }) => `${certainty} ${code}`);

/** Each was run by the shell that its first line names. */
const dies: [string, string, string, Record<string, unknown>?][] = [
  ["what it runs at last", '#!/bin/sh\nset -e\nmkdir -p /tmp/x\nexec nodex "$@"\n', "FL2104"],
  ["the image's command", '#!/bin/sh\nset -e\nexec "$@"\n', "FL2104", { Cmd: ["nodex"] }],
  [
    "the image's command behind others",
    '#!/bin/bash\nset -euo pipefail\nif [ "${1:0:1}" = "-" ]; then\n  set -- server "$@"\nfi\nexec "$@"\n',
    "FL2104",
    { Cmd: ["nodex"] },
  ],
  [
    "what a lookup by command -v leads to",
    '#!/bin/sh\nset -e\nif [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then\n  set -- server "$@"\nfi\nexec "$@"\n',
    "FL2104",
    { Cmd: ["env", "nodex"] },
  ],
  ["a file that is not there", "#!/bin/sh\nif [ -f /etc/app.conf ]; then exec server; fi\nexec nodex\n", "FL2104"],
  ["a wrapper in it", '#!/bin/sh\nif [ "$(id -u)" = 0 ]; then\n  exec gosu app nodex "$@"\nfi\nexec nodex "$@"\n', "FL2104"],
  ["by env", "#!/usr/bin/env bash\nexec nodex\n", "FL2104"],
  ["by env -S", "#!/usr/bin/env -S bash -e\nnodex\nserver\n", "FL2104"],
  ["an option in the first line", "#!/bin/sh -e\nnodex\nserver\n", "FL2104"],
  ["a folder that it changes to", "#!/bin/sh\nset -e\ncd app\nexec server\n", "FL2130"],
  ["what it reads in", "#!/bin/sh\n. /opt/venv/bin/activate\nexec server\n", "FL2133"],
  ["an array in dash", '#!/bin/sh\nset -e\nargs=(a b)\nexec server "${args[@]}"\n', "FL2134"],
  ["function in dash", "#!/bin/sh\nset -e\nfunction start {\n  exec server\n}\nstart\n", "FL2134"],
  ["function in a line in dash", "#!/bin/sh\nfunction start { exec server; }\nstart\n", "FL2134"],
  ["<<< in dash", '#!/bin/sh\nmkdir <<< "x"\nexec server\n', "FL2134"],
  ["<(…) in dash", "#!/bin/sh\nwhile read -r x; do :; done < <(id)\nexec server\n", "FL2134"],
  ["source in dash", "#!/bin/sh\nset -e\nsource /etc/passwd\nexec server\n", "FL2134"],
];

test.each(dies.map(([title, text, code, config]) => ({ title, text, code, config })))(
  "an entry point dies by $title",
  async ({ text, code, config }) => {
    expect(await told(text, { ...entry, ...config })).toEqual([`dies ${code}`]);
  },
);

const runs: [string, string, Record<string, unknown>?][] = [
  [
    "a command that command -v doesn't find",
    '#!/bin/sh\nset -e\nif [ -z "$(command -v "$1")" ]; then\n  set -- server "$@"\nfi\nexec "$@"\n',
    { Cmd: ["nodex"] },
  ],
  ["a file that every container has", "#!/bin/sh\nif [ -f /etc/hosts ]; then exec server; else exec nodex; fi\n"],
  ["the image's command", '#!/bin/sh\nset -e\nexec "$@"\n'],
  ["options alone", '#!/bin/sh\nif [ "${1#-}" != "$1" ]; then\n  set -- server "$@"\nfi\nexec "$@"\n', { Cmd: ["--port", "80"] }],
  ["no command", '#!/bin/sh\nexec server "$@"\n', { Cmd: [] }],
  ["an array in bash", '#!/bin/bash\nargs=(a b)\nexec server "${args[@]}"\n'],
  ["function in bash", "#!/bin/bash\nfunction start {\n  exec server\n}\nstart\n"],
  // Its lines are run as they come.
  ["function in lines in dash", "#!/bin/sh\nfunction start {\n  exec server\n}\nstart\n"],
  ["an array that is never reached", "#!/bin/sh\nexec server\nargs=(a)\n"],
  ["what may be read in", "#!/bin/sh\n[ -f /opt/env ] && . /opt/env\nexec server\n"],
  ["a way that depends", '#!/bin/sh\ncase "$MODE" in\n  worker) exec nodex ;;\n  *) exec server ;;\nesac\n'],
  ["a program if it is there", "#!/bin/sh\nif command -v nodex >/dev/null; then exec nodex; fi\nexec server\n"],
  ["a text of 70 KB", `#!/bin/sh\n${"# more\n".repeat(10_000)}exec nodex\n`],
];

test.each(runs.map(([title, text, config]) => ({ title, text, config })))(
  "an entry point is not stopped for $title",
  async ({ text, config }) => {
    expect(await told(text, { ...entry, ...config })).toEqual([]);
  },
);

const withCarriageReturns = (text: string) => text.replaceAll("\n", "\r\n");

test.each([
  ["set -e", "set -e\nexec server\n"],
  ["a condition", 'if [ -n "$1" ]; then\n  server\nfi\n'],
  ["a program", "exec server\n"],
  ["a program and its arguments", "server\n"],
  ["a function", "f() {\n  server\n}\nf\n"],
  ["a choice", "case $1 in\n  *) exec server ;;\nesac\n"],
])("carriage returns in a script that a shell is given: %s", async (_title, text) => {
  for (const shell of ["dash", "bash", "busybox sh"]) {
    const config = { Cmd: [...shell.split(" "), "/entry.sh", "x"] };
    expect(await told(withCarriageReturns(`#!/bin/sh\n${text}`), config)).toEqual(["dies FL2134"]);
    expect(await told(`#!/bin/sh\n${text}`, config)).toEqual([]);
  }
});

test("carriage returns where they are harmless", async () => {
  expect(await told(withCarriageReturns("echo a\nexec server a\n"), { Cmd: ["sh", "/entry.sh"] })).toEqual([]);
});

test("a script that a shell is given and that is not there, or may not be read", async () => {
  expect(await told("exec server\n", { Cmd: ["sh", "/start.sh"] })).toEqual(["dies FL2133"]);
  expect(await told("exec server\n", { Cmd: ["sh", "-e", "start.sh"] })).toEqual(["dies FL2133"]);
  expect(await told("exec server\n", { Cmd: ["sh", "/entry.sh"], User: "1000" }, 0o600)).toEqual(["dies FL2133"]);
  expect(await told("exec server\n", { Cmd: ["sh", "/entry.sh"], User: "1000" }, 0o644)).toEqual([]);
  expect(await told("exec nodex\n", { Cmd: ["sh", "../entry.sh"] }, 0o644)).toEqual(["dies FL2104"]);
});

test("a text without #! that a C library or a shell hands to a shell", async () => {
  expect(await told("exec nodex\n", { Cmd: ["tini", "--", "/entry.sh"] })).toEqual(["dies FL2104"]);
  expect(await told("exec nodex\n", { Cmd: ["sh", "-c", "/entry.sh"] })).toEqual(["dies FL2104"]);
  expect(await told('exec "$@"\n', { Cmd: ["tini", "--", "/entry.sh", "server"] })).toEqual([]);
});

test("set -o pipefail in a dash that doesn't know it", async () => {
  const text = "#!/bin/sh\nset -eo pipefail\nexec server\n";
  expect(await told(text, entry)).toEqual(["dies FL2134"]);
  expect(await told("exec server\n", { Cmd: ["sh", "-eo", "pipefail", "/entry.sh"] })).toEqual(["dies FL2134"]);
  const newer = file("usr/bin/dash", Buffer.concat([elf(), Buffer.from("errexit\0pipefail\0")]));
  const layout = await layoutOf([[...files, newer, file("entry.sh", text)]], { Env: ["PATH=/usr/bin"], ...entry });
  expect((await inspectImage(layout, { cache: false })).platforms[0]!.findings).toEqual([]);
  expect(await told("#!/bin/bash\nset -eo pipefail\nexec server\n", entry)).toEqual([]);
});

test("a program that is there may find its interpreter in a PATH that nobody knows", async () => {
  const text = '#!/bin/sh\nexport PATH="$TOOLS:$PATH"\nexec /opt/start\n';
  const layout = await layoutOf([[...files, file("opt/start", "#!/usr/bin/env ruby\n"), file("entry.sh", text)]], {
    Env: ["PATH=/usr/bin"],
    ...entry,
  });
  expect((await inspectImage(layout, { cache: false })).platforms[0]!.findings).toEqual([]);
  expect(await told(text, entry)).toEqual(["dies FL2104"]);
});

test("libraries that nobody knows don't bring a program back", async () => {
  const text =
    '#!/bin/bash -e\nif [ -z "${LD_PRELOAD+x}" ]; then export LD_PRELOAD="$(echo /usr/lib/*/libjemalloc.so.2)"; fi\nexec "${@}"\n';
  expect(await told(text, { ...entry, Cmd: ["nodex"] })).toEqual(["dies FL2104"]);
});

test("a script behind a variable that nobody knows", async () => {
  const text = '#!/bin/bash -e\nexport A="$(cat /x)"\n./start\nexec server\n';
  const layout = await layoutOf([[...files, file("work/start", "#!/usr/bin/env server\r\n"), file("entry.sh", text)]], {
    Env: ["PATH=/usr/bin"],
    WorkingDir: "/work",
    ...entry,
  });
  expect((await inspectImage(layout, { cache: false })).platforms[0]!.findings).toMatchObject([{ code: "FL2109", certainty: "dies" }]);
});

test("a program that goes to the background as it takes the shell's place", async () => {
  const layout = await layoutOf([[...files, file("usr/bin/redis-server", elf()), file("entry.sh", '#!/bin/sh\nset -e\nexec "$@"\n')]], {
    Env: ["PATH=/usr/bin"],
    Entrypoint: ["/entry.sh", "tini", "/entry.sh"],
    Cmd: ["redis-server", "--daemonize", "yes"],
  });
  expect((await inspectImage(layout, { cache: false })).platforms[0]!.findings).toMatchObject([{ code: "FL2153", certainty: "may" }]);
});

test.each(["#!/bin/bash -euo pipefail", "#!/bin/sh -e -u", "#!/usr/bin/dash -eo pipefail"])("%s is one word to Linux", async (line) => {
  expect(await told(`${line}\nexec server\n`, entry)).toEqual(["dies FL2134"]);
});

test("one word of options is what Linux hands over", async () => {
  expect(await told("#!/bin/bash -eu\nexec server\n", entry)).toEqual([]);
  expect(await told("#!/usr/bin/env -S bash -euo pipefail\nexec server\n", entry)).toEqual([]);
  expect(await told("exec server\n", { Cmd: ["bash", "--norc", "-euo", "pipefail", "/entry.sh"] })).toEqual([]);
});

test("a finding in a script names it", async () => {
  expect(await findingsOf("#!/bin/sh\nexec nodex\n", entry)).toMatchObject([
    { problem: '/entry.sh: "nodex" is in no folder of PATH (/usr/bin)', consequence: expect.stringContaining("127") as string },
  ]);
});

test("scripts that start themselves and each other come to an end", async () => {
  const text = `#!/bin/sh\n${"/entry.sh a\n".repeat(500)}`;
  expect(await told(text, { Cmd: ["/entry.sh"] })).toEqual([]);
});

test("a script that leaves nothing running is told", async () => {
  const problems = async (...args: Parameters<typeof findingsOf>) => (await findingsOf(...args)).map(({ problem }) => problem);
  expect(await problems("#!/bin/sh\nset -e\necho starting\n", entry)).toEqual([
    "/entry.sh: it ends without running the command that it is given (server)",
  ]);
  expect(await problems("#!/bin/sh\nserver &\necho started\n", entry)).toEqual([
    "/entry.sh: the shell puts its program into the background and ends",
  ]);
  expect(await problems("#!/bin/sh\nserver &\nwait\n", entry)).toEqual([]);
  expect(await problems("#!/bin/sh\necho done\n", { Cmd: ["/entry.sh"] })).toEqual([]);
  expect(await problems("#!/bin/sh\nserver &\n", { Cmd: ["sh", "-c", "/entry.sh; exec server"] })).toEqual([]);
});

test("files that a script writes may be what is looked for", async () => {
  for (const write of ["echo 'nodex:x:1:1::/:/bin/sh' >> /etc/passwd", "cat > /work/nodex <<E\n#!/bin/sh\nE", 'echo > "$X"'])
    expect(await told(`#!/bin/sh\nset -e\n${write}\n[ -f /work/x ] || exit 1\nexec gosu nodex server\n`, entry)).not.toContain(
      "dies FL2111",
    );
  expect(await told('#!/bin/sh\necho "$X" > /etc/app.conf\nexec nodex\n', entry)).toEqual(["dies FL2104"]);
});

test("a shell that is given words for a text is told", async () => {
  expect(await findingsOf("", { Entrypoint: ["sh", "-c"], Cmd: ["server", "--port", "80"] })).toMatchObject([
    { code: "FL2153", certainty: "may" },
  ]);
  expect(await findingsOf("", { Entrypoint: ["sh", "-c"], Cmd: ["exec server", "--port", "80"] })).toEqual([]);
});

test("a script that says no by itself", async () => {
  const text = '#!/bin/sh\nif ! command -v ruby > /dev/null; then\n  echo "no ruby" >&2\n  exit 1\nfi\nexec server\n';
  expect(await findingsOf(text, entry)).toMatchObject([
    {
      code: "FL2154",
      certainty: "dies",
      problem: "/entry.sh: the shell ends with an error, whichever way its text takes, as here by: exit 1",
    },
  ]);
  expect(await told("#!/bin/sh\n[ -f /etc/app.conf ] || exit 1\nexec server\n", { ...entry })).toEqual(["dies FL2154"]);
  expect(await told("#!/bin/sh\n[ -f /etc/passwd ] || exit 1\nexec server\n", { ...entry })).toEqual([]);
  expect(await told('#!/bin/sh\n[ -n "$DATABASE_URL" ] || exit 1\nexec server\n', { ...entry })).toEqual([]);
  expect(await told("#!/bin/sh\nserver\nexit 1\n", { ...entry })).toEqual([]);
});
