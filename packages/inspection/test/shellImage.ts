import { inspectImage } from "../src/inspectImage";
import type { ContainerSettings } from "../src/container/containerSettings";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";

/** As Debian has them: what is named here is there, and `nodex` and `nodey` are not. */
export const files: Entry[] = [
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
/** Its working directory and variables. */
export const image = { WorkingDir: "/work", Env: ["PATH=/usr/bin", "NAME=server", "EMPTY="] };

/** What is found where a container of it is told to run these words. */
export async function findingsOf(Cmd: string[], run?: ContainerSettings) {
  const report = await inspectImage(await layoutOf([files], { ...image, Cmd }), { run, cache: false });
  return report.platforms[0]!.findings;
}
