import { isMap } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { EfsVolumeConfiguration, TaskVolume } from "../task/containerDefinition";
import type { DataContext, LocalData } from "./model";
import { arnOf, labels, meant, ofType, outputsOf, regionOf, textOf } from "./planResources";

const fileSystemType = "aws:efs/fileSystem:FileSystem";
const accessPointType = "aws:efs/accessPoint:AccessPoint";

/** A folder of a file system, which is a volume here. */
interface Folder {
  volume: string;
  fileSystem: PlanResource;
  path: string;
  /** Through which tasks mount it. */
  accessPoints: PlanResource[];
}

/** Volumes for file systems of EFS. */
export interface LocalFileSystems {
  data: LocalData[];
  /** The volume that stands for a task's, of EFS; undefined for one of another kind, or of a file system that is not of the plan. */
  volumeOf: (volume: TaskVolume) => { volume: string } | undefined;
  notes: string[];
}

/** A volume for each folder of EFS that tasks mount: tasks that mount the same folder share it. */
export function fileSystems(plan: Plan, { settings }: DataContext): LocalFileSystems {
  const systems = ofType(plan, fileSystemType);
  const points = ofType(plan, accessPointType);
  const given = labels(systems);
  const folders = new Map<string, Folder>();
  const folder = ({ fileSystemId, rootDirectory, authorizationConfig }: EfsVolumeConfiguration): Folder | undefined => {
    const fileSystem = meant(fileSystemId, systems, ["creationToken"]);
    if (!fileSystem) return undefined;
    const point = meant(authorizationConfig?.accessPointId, points, []);
    const path = normal(point ? rootOf(point) : (rootDirectory ?? "/"));
    const volume = [given.get(fileSystem.urn)!, "efs", ...path.split("/").filter(Boolean)].join(".").replace(/[^a-zA-Z0-9_.-]/g, "_");
    const found = folders.get(volume) ?? { volume, fileSystem, path, accessPoints: [] };
    folders.set(volume, found);
    if (point && !found.accessPoints.includes(point)) found.accessPoints.push(point);
    return found;
  };
  const volumeOf = ({ efsVolumeConfiguration }: TaskVolume) => {
    const volume = efsVolumeConfiguration && folder(efsVolumeConfiguration)?.volume;
    return volume === undefined ? undefined : { volume };
  };
  for (const { inputs } of ofType(plan, "aws:ecs/taskDefinition:TaskDefinition"))
    for (const volume of Array.isArray(inputs.volumes) ? inputs.volumes : []) if (isMap(volume)) volumeOf(volume as unknown as TaskVolume);
  const all = [...folders.values()];
  return { data: all.map((each) => folderData(plan, each, settings.images.awsCli)), volumeOf, notes: notesOf(all) };
}

const normal = (path: string) => `/${path.split("/").filter(Boolean).join("/")}`;

function rootOf({ inputs }: PlanResource): string {
  return (isMap(inputs.rootDirectory) ? textOf(inputs.rootDirectory.path) : undefined) ?? "/";
}

/** @param image with chown and chmod */
function folderData(plan: Plan, { volume, fileSystem, accessPoints }: Folder, image: string): LocalData {
  const region = regionOf(plan);
  const owner = ownerOf(accessPoints);
  const service = `${volume}.owner`;
  const of = (resource: PlanResource, kind: string, prefix: string) =>
    outputsOf(resource.urn, {
      id: `${prefix}-${resource.name}`,
      arn: arnOf("elasticfilesystem", region, `${kind}/${prefix}-${resource.name}`),
    });
  return {
    resources: accessPoints.length > 0 ? accessPoints.map(({ urn }) => urn) : [fileSystem.urn],
    outputs: Object.assign(
      of(fileSystem, "file-system", "fs-local"),
      ...accessPoints.map((point) => of(point, "access-point", "fsap-local")),
    ) as Record<string, string>,
    secrets: {},
    part: {
      ...(owner && {
        services: {
          [service]: {
            image,
            entrypoint: ["/bin/sh", "-c", ownerScript, "owner"],
            command: [owner.user, owner.permissions],
            user: "0:0",
            network_mode: "none",
            volumes: [{ type: "volume", source: volume, target: "/volume" }],
            restart: "no",
          },
        },
      }),
      volumes: { [volume]: { labels: { "fairlead.data": fileSystem.name } } },
    },
    dependsOn: owner ? { [service]: { condition: "service_completed_successfully" } } : {},
    environment: {},
    mounts: [],
  };
}

/** EFS makes a folder that isn't there, and leaves one that is as it is. Docker makes it as root's, without anything in it. */
const ownerScript = `set -eu
[ "$(stat -c %u:%g /volume)" = 0:0 ] || exit 0
chmod "$2" /volume
chown "$1" /volume
`;

/** @see https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html */
function ownerOf(accessPoints: readonly PlanResource[]): { user: string; permissions: string } | undefined {
  for (const { inputs } of accessPoints) {
    const info = isMap(inputs.rootDirectory) ? inputs.rootDirectory.creationInfo : undefined;
    if (!isMap(info)) continue;
    const [uid, gid, permissions] = [textOf(info.ownerUid), textOf(info.ownerGid), textOf(info.permissions)];
    if (uid !== undefined && gid !== undefined && permissions !== undefined) return { user: `${uid}:${gid}`, permissions };
  }
  return undefined;
}

/** What is otherwise with a volume for each folder. */
function notesOf(folders: readonly Folder[]): string[] {
  const inside = folders.filter(({ fileSystem, path }) =>
    folders.some(
      (other) => other.fileSystem === fileSystem && other.path !== path && path.startsWith(other.path === "/" ? "/" : `${other.path}/`),
    ),
  );
  return inside.map(
    ({ fileSystem, path }) =>
      `The file system ${fileSystem.name} is mounted at ${path} and above it: here the two are volumes of their own, and don't see each other's files.`,
  );
}
