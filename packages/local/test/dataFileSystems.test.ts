import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { localData } from "../src/data/localData";
import { contextIn, output, planWith, resource, task, urnOf } from "../testing/dataPlan";

const system = "aws:efs/fileSystem:FileSystem";
const point = "aws:efs/accessPoint:AccessPoint";

const efs = (name: string, accessPoint?: string, rootDirectory?: string) => ({
  name: "files",
  efsVolumeConfiguration: {
    fileSystemId: output(system, name, "id"),
    ...(rootDirectory && { rootDirectory }),
    ...(accessPoint && { authorizationConfig: { accessPointId: output(point, accessPoint, "id") } }),
  },
});
const accessPoint = (name: string, path: string, permissions = "0750") =>
  resource(point, name, {
    fileSystemId: output(system, "media", "id"),
    posixUser: { uid: 1000, gid: 1001 },
    rootDirectory: { path, creationInfo: { ownerUid: 1000, ownerGid: 1001, permissions } },
  });

const plan = planWith(
  resource(system, "media", {}),
  accessPoint("api", "/api"),
  accessPoint("also-api", "/api/"),
  accessPoint("web", "/web"),
  task("api", {}, { volumes: [efs("media", "api")] }),
  task("again", {}, { volumes: [efs("media", "also-api")] }),
  task("web", {}, { volumes: [efs("media", "web"), { name: "tmp" }] }),
);

test("tasks that mount the same folder share a volume, and other folders are other volumes", () => {
  const { data, volumeOf, notes } = localData(plan, contextIn("/work"));
  expect(data.map(({ part }) => Object.keys(part.volumes!))).toEqual([["media.efs.api"], ["media.efs.web"]]);
  expect(["api", "also-api", "web"].map((name) => volumeOf(efs("media", name))?.volume)).toEqual([
    "media.efs.api",
    "media.efs.api",
    "media.efs.web",
  ]);
  expect(volumeOf({ name: "tmp" })).toBeUndefined();
  expect(volumeOf(efs("another"))).toBeUndefined();
  expect(data[0]!.resources).toEqual([urnOf(point, "api"), urnOf(point, "also-api")]);
  expect(data[0]!.dependsOn).toEqual({ "media.efs.api.owner": { condition: "service_completed_successfully" } });
  expect(notes).toEqual([]);
});

test("a folder inside another one that is mounted too is told to be a volume of its own", () => {
  const whole = planWith(
    ...plan.resources,
    task("all", {}, { volumes: [efs("media")] }),
    task("part", {}, { volumes: [efs("media", undefined, "/api")] }),
  );
  const { data, volumeOf, notes } = localData(whole, contextIn("/work"));
  expect(volumeOf(efs("media"))).toEqual({ volume: "media.efs" });
  expect(volumeOf(efs("media", undefined, "/api"))).toEqual({ volume: "media.efs.api" });
  expect(data.find(({ part }) => part.volumes!["media.efs"])).toMatchObject({ dependsOn: {} });
  expect(notes).toEqual([
    expect.stringContaining("media is mounted at /api and above it"),
    expect.stringContaining("media is mounted at /web and above it"),
  ]);
});

const isRoot = process.getuid?.() === 0;
(isRoot ? test : test.skip)("a folder becomes its access point's user's, and stays whose it is then", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-efs-"));
  const { data } = localData(plan, contextIn("/work"));
  const { entrypoint, command, volumes } = data[0]!.part.services!["media.efs.api.owner"]!;
  expect(volumes).toEqual([{ type: "volume", source: "media.efs.api", target: "/volume" }]);
  const [sh, flag, script, name] = entrypoint as [string, string, string, string];
  const run = (given = command!) =>
    spawnSync(sh, [flag, script.replaceAll("/volume", join(folder, "volume")), name, ...given], { encoding: "utf8" });
  mkdirSync(join(folder, "volume"));
  expect(run()).toMatchObject({ status: 0, stderr: "" });
  const whose = () => {
    const { uid, gid, mode } = statSync(join(folder, "volume"));
    return [uid, gid, (mode & 0o777).toString(8)];
  };
  expect(whose()).toEqual([1000, 1001, "750"]);
  expect(run(["5:5", "0777"])).toMatchObject({ status: 0 });
  expect(whose()).toEqual([1000, 1001, "750"]);
  rmSync(folder, { recursive: true });
});
