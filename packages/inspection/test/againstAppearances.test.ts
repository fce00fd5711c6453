import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";
import type { ContainerSettings } from "../src/container/containerSettings";

/** Containers that were started with the real shells and live, though a text seems to say otherwise. */
const files: Entry[] = [
  ...["dash", "bash", "busybox", "server", "id", "sort", "cat", "php", "mkdir"].map((name) => file(`usr/bin/${name}`, elf())),
  link("usr/bin/sh", "dash"),
  link("bin", "usr/bin"),
  file("usr/bin/foo", '#!/bin/sh\nexec sh "$(dirname "$0")/../share/foo/run.sh"\n'),
  file("usr/bin/foo2", '#!/bin/sh\n. "${0%/foo2}/../share/foo/run.sh"\n'),
  file("usr/bin/foo3", '#!/bin/sh\n[ -f "$(dirname "$0")/../share/foo/run.sh" ] || exit 1\nexec server\n'),
  file("usr/share/foo/run.sh", "#!/bin/sh\nexec server\n"),
  file("opt/rel/lib/run.sh", "#!/bin/sh\nexec server\n"),
  folder("opt/rel/5"),
  link("opt/current", "rel/5"),
  file("srv/app/run", elf()),
  file("srv/my app/run", elf()),
  file("app/e.sh", "exec server\n"),
  folder("root", 0o700),
  file("root/app/e.sh", "exec server\n"),
  folder("tmp", 0o1777),
  folder("work"),
];

async function verdicts(Cmd: string[], config: Record<string, unknown> = {}, run?: ContainerSettings) {
  const layout = await layoutOf([files], { WorkingDir: "/work", Env: ["PATH=/bin:/usr/bin"], Cmd, ...config });
  const [report] = (await inspectImage(layout, { run, cache: false })).platforms;
  return report!.findings.filter(({ certainty }) => certainty === "dies").map(({ code, problem }) => `${code} ${problem}`);
}

test.each([
  ["env > /tmp/e; . /tmp/e; exec server"],
  ["cat > /tmp/run.sh <<E\nexec server\nE\nexec sh /tmp/run.sh"],
  ["id | sort -o /tmp/s.sh; sh /tmp/s.sh"],
  ["mkdir -p /data/www && php -S 0.0.0.0:80 -t /data/www"],
  ["cd /bin; exec sh ../share/foo/run.sh"],
  ["sh /opt/current/../lib/run.sh"],
  ["[ -f /opt/current/../lib/run.sh ] || exit 1; exec server"],
  ["set -e; read x < /opt/current/../lib/run.sh; exec server"],
  ["X='/srv/my app/run'; IFS=$(printf '\\n\\b'); exec $X"],
  ["set -e; nodex &> /dev/null; exec server"],
  ["if command -v nodex &> /dev/null; then exec server; fi; exit 1"],
  ["set -e; chdir /srv/app; exec ./run"],
  ["PATH=/srv/app:$PATH eval 'exec run'"],
  ["Y=a; Y=b :; [ $Y = b ] || exit 1; exec server"],
  ["PATH=/srv/app PATH=$PATH:/none run"],
  ["D=/none; D=/srv/app PATH=$D:$PATH run"],
])("sh -c %s", async (text) => {
  expect(await verdicts(["/bin/sh", "-c", text])).toEqual([]);
});

test.each([
  ["set -e; X=$(false; echo server); exec server"],
  ["command -v time > /dev/null || exit 1; exec server"],
  ["declare -i n; n=5+3; [ $n = 8 ] || exit 1; exec server"],
  ["declare -u X; X=abc; [ $X = ABC ] || exit 1; exec server"],
  ["hash -p /srv/app/run run; run"],
  ["command_not_found_handle() { exec server; }; nodex"],
  ["BASH_CMDS[rr]=/usr/bin/server; rr"],
  ["IFS=,; exec $@"],
])("bash -c %s", async (text) => {
  expect(await verdicts(["/bin/bash", "-c", text, "me", "server,a"])).toEqual([]);
});

test.each([["/bin/foo"], ["/bin/foo2"], ["/bin/foo3"]])("%s, whose folder is a link", async (program) => {
  expect(await verdicts([program])).toEqual([]);
});

test("a working directory that is a link", async () => {
  expect(await verdicts(["sh", "../lib/run.sh"], { WorkingDir: "/opt/current" })).toEqual([]);
});

test("a folder that the image declares as a volume is made", async () => {
  for (const text of ["set -e; cd /data; exec server", "[ -d /data ] || exit 1; exec server", "exec server > /data/out"])
    expect(await verdicts(["sh", "-c", text], { Volumes: { "/data": {} } })).toEqual([]);
});

test("what lies below a working directory whose own folders are closed", async () => {
  for (const text of [". ./e.sh", "[ -f e.sh ] || exit 1; exec server", "read x < e.sh || exit 1; exec server"])
    expect(await verdicts(["sh", "-c", text], { WorkingDir: "/root/app", User: "1000" })).toEqual([]);
});

test.each([[["CMD", "/tmp/healthy.sh"]], [["CMD-SHELL", ". /tmp/env && server"]], [["CMD", "sh", "/tmp/check.sh"]]])(
  "a health check of what the container writes: %j",
  async (healthCheck) => {
    expect(await verdicts(["server"], {}, { healthCheck })).toEqual([]);
    expect(await verdicts(["server"], {}, { healthCheck, readonlyRootFilesystem: true })).toHaveLength(1);
  },
);

test("a health check's script that was not copied", async () => {
  expect(await verdicts(["server"], {}, { healthCheck: ["CMD-SHELL", "sh healthcheck.sh"] })).toEqual([expect.stringContaining("FL2112")]);
});

test.each([
  ["a long word of many variables", `a=${"x".repeat(16_000)}\nf() { X="${"$a".repeat(20_000)}"; }\n${"f\n".repeat(200)}`],
  ["a long pattern", `a=${"a".repeat(16_000)}\nf() { case $a in *${"a".repeat(8000)}b) ;; esac; }\n${"f\n".repeat(1000)}`],
])("%s is followed in no time", async (_title, text) => {
  expect(await verdicts(["sh", "-c", text])).toEqual([]);
});
