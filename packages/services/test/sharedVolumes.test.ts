import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import type { ContainerArgs, TaskDefinitionArgs } from "../src";
import { containersOf, inputsOf, planOf, reasons, taskDefinition } from "./harness";

const image = new ExternalImage("example.test/api:1", platforms);
const withContainer = (
  container: Partial<ContainerArgs<"ARM64" | "X86_64">>,
  change: Partial<TaskDefinitionArgs<"ARM64" | "X86_64">> = {},
) => planOf((env) => taskDefinition(env, { containers: { api: { image, ...container } }, ...change }));

test("containers that name the same volume share it, and one of a file system's name is that", async () => {
  const shared = { sourceVolume: "spool", containerPath: "/spool" };
  const proxy = {
    image,
    mountPoints: [
      { ...shared, containerPath: "/in", readOnly: true },
      { sourceVolume: "media", containerPath: "/media" },
    ],
  };
  const volume = { name: "media", fileSystemId: "fs-1", accessPointId: "fsap-1", containerPath: "/mnt/media", readOnly: false };
  const { plan } = await withContainer({ mountPoints: [shared] }, { features: [{ volume }, { sidecars: { proxy } }] });
  expect(containersOf(plan).api!.mountPoints).toEqual([
    { containerPath: "/mnt/media", readOnly: false, sourceVolume: "media" },
    { ...shared, readOnly: false },
  ]);
  expect(containersOf(plan).proxy!.mountPoints).toEqual([
    { containerPath: "/in", readOnly: true, sourceVolume: "spool" },
    { containerPath: "/media", readOnly: false, sourceVolume: "media" },
  ]);
  expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.volumes).toMatchObject([
    { name: "spool" },
    { name: "media", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
  ]);
});

test("two volumes at one folder are refused", async () => {
  const mount = { sourceVolume: "spool", containerPath: "/tmp" };
  for (const container of [
    { mountPoints: [mount], writableMounts: ["/tmp"] },
    { mountPoints: [mount, { ...mount, sourceVolume: "other" }] },
  ])
    expect(reasons((await withContainer(container)).refused)).toContainEqual(expect.stringContaining("where another volume is"));
});
