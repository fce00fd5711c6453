import { elf, file, folder, link, type Entry } from "../testing/testImage";
import { verdictsOf } from "../testing/findings";

const files: Entry[] = [
  file("usr/bin/dash", elf()),
  file("usr/bin/env", elf()),
  file("usr/bin/node", elf()),
  link("bin", "usr/bin"),
  link("usr/bin/sh", "dash"),
  link("app/current", "/efs/releases/1"),
  link("var/data", "/efs"),
  file("app/run", "#!/efs/bin/tool\n"),
  file("app/run-env", "#!/usr/bin/env tool\n"),
  file("app/linked", elf({ interpreter: "/efs/lib/ld-linux-x86-64.so.2" })),
  file("app/lives-in-library", elf({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libmodel.so"], runpath: "/app/lib" })),
  file("lib64/ld-linux-x86-64.so.2", elf({ type: 3, soname: "ld-linux-x86-64.so.2", versions: ["GLIBC_PRIVATE"] })),
  link("app/lib/libmodel.so", "/efs/lib/libmodel.so"),
  file("hidden/program", "no program", 0o644),
  file("hidden/work", "", 0o644),
  folder("work"),
];
const of = (Cmd: string[], { WorkingDir = "/app", ...run }: { WorkingDir?: string; PATH?: string; healthCheck?: string[] } = {}) =>
  verdictsOf(
    [files],
    { Cmd, WorkingDir, Env: [`PATH=${run.PATH ?? "/usr/bin"}`] },
    {
      healthCheck: run.healthCheck,
      mountPoints: [{ containerPath: "/efs", readOnly: true }, { containerPath: "/hidden" }, { containerPath: "/app/node_modules" }],
    },
  );

test.each<[string[], Parameters<typeof of>[1]?]>([
  [["/efs/bin/server"]],
  [["bin/server"], { WorkingDir: "/efs" }],
  [["/app/current/server"]],
  [["/var/data/bin/server"]],
  [["server"], { PATH: "/usr/bin:/efs/bin" }],
  [["/hidden/program"]],
  [["/app/run"]],
  [["/app/run-env"], { PATH: "/efs/bin:/usr/bin" }],
  [["/app/linked"]],
  [["/app/lives-in-library"]],
  [["sh", "/efs/start.sh"]],
  [["sh", "-c", "/efs/start.sh"]],
  [["sh", "-c", "cd /efs/app && ./server"]],
  [["sh", "-c", "[ -x /efs/server ] || exit 1; exec /efs/server"]],
  [["sh", "-c", "cd /hidden/work && exec node /efs/x.js"]],
  [["sh", "-c", ". /efs/environment; exec node /efs/x.js"]],
  [["node", "/efs/x.js"]],
  [["node", "-r", "dotenv/config", "/efs/x.js"]],
  [["node", "/efs/x.js"], { WorkingDir: "/hidden/work/deeper" }],
  [["node", "/efs/x.js"], { healthCheck: ["CMD", "/efs/healthy"] }],
  [["sh", "/dev/stdin"]],
  [["/proc/self/exe"]],
])("%j with %j is not stopped where the task mounts it", async (...[command, run]) => {
  expect(await of(command, run)).toEqual([]);
});

test.each<[string[], Parameters<typeof of>[1]?]>([[["/efsx/bin/server"]], [["server"]], [["/app/missing"]], [["node", "/app/x.js"]]])(
  "%j dies, whatever else is mounted",
  async (...[command, run]) => {
    expect(await of(command, run)).toContainEqual(expect.stringMatching(/^dies/));
  },
);

test("a file system that can be written is no root that can't", async () => {
  const image = [file("usr/sbin/nginx", elf())];
  const config = { Cmd: ["nginx", "-g", "daemon off;"], Env: ["PATH=/usr/sbin"] };
  const verdicts = (readOnly: boolean) =>
    verdictsOf([image], config, { readonlyRootFilesystem: true, mountPoints: [{ containerPath: "/var/cache/nginx", readOnly }] });
  expect(await verdicts(true)).toEqual(["may FL2152"]);
  expect(await verdicts(false)).toEqual([]);
});
