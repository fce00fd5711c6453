import type { ContainerSettings } from "../src/container/containerSettings";
import { inspectImage } from "../src/inspectImage";
import { file, folder, layoutOf } from "../testing/testImage";
import { files, findingsOf, image } from "./shellImage";

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
