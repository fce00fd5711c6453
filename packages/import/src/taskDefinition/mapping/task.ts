import { changed, decide, dropped, exact, ignored, type Row } from "../../compose/mapping/row";

const answered = "it is what ECS answers, and no part of what is registered.";
const ofInstances = "it is of EC2 instances; Fargate places tasks itself.";

/** Keys of a task definition beside its containers, and what `describe-task-definition` adds to them. */
export const taskRows: readonly Row[] = [
  exact("family", "name"),
  exact("cpu", "cpu"),
  exact("memory", "memoryMiB"),
  exact("runtimePlatform.cpuArchitecture", "runtimePlatform.cpuArchitecture"),
  exact("runtimePlatform.operatingSystemFamily", "(Linux alone)"),
  exact("requiresCompatibilities", "(Fargate)", { whole: true }),
  exact("networkMode", "(awsvpc)"),
  exact("ephemeralStorage.sizeInGiB", "ephemeralStorageGiB"),
  decide("taskRoleArn", "A role of its own is made. What the program does in AWS goes under permissions, or under uses where it is data.", {
    to: "permissions",
  }),
  changed("executionRoleArn", undefined, "a role of its own is made, which may read its image, its secrets and write its logs."),
  exact("volumes[].name", "(its mount points)"),
  changed("volumes[].host", "writableMounts", "the folder is the task's own, and is empty at each start.", { whole: true }),
  decide(
    "volumes[].host.sourcePath",
    "A folder of an EC2 instance, which Fargate has not: put committed files into the image, and what is kept on a file system (uses).",
  ),
  decide("volumes[].dockerVolumeConfiguration", "A volume of an EC2 instance: what is kept goes on a file system (uses).", { to: "uses" }),
  decide(
    "volumes[].efsVolumeConfiguration",
    "A file system that is there already can't be bound yet: declare fileSystem() in stacks/data.ts, bind it under uses with this containerPath, and copy the files.",
    { to: "uses" },
  ),
  dropped("volumes[].fsxWindowsFileServerVolumeConfiguration", "it is of Windows containers."),
  decide("volumes[].s3filesVolumeConfiguration", "A bucket is bound under uses, and read by its API.", { to: "uses" }),
  decide("volumes[].configuredAtLaunch", "A volume of EBS, which a service has not here: a file system (uses) is shared and stays."),
  decide("proxyConfiguration", "App Mesh ends on 2026-09-30: services reach each other by calls, or by Service Connect of the stack."),
  changed("tags", "tags", "services have owner as a tag, and tags of their own.", { whole: true }),
  dropped("placementConstraints", ofInstances),
  dropped("inferenceAccelerators", "Elastic Inference has ended."),
  dropped("pidMode", "containers of a task don't see each other's processes."),
  dropped("ipcMode", "Fargate has no memory that tasks share."),
  dropped("enableFaultInjection", "AWS's fault injection reaches no task that is made here."),
  ...["taskDefinitionArn", "revision", "status", "registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt"].map((key) =>
    ignored(key, answered),
  ),
  ignored("requiresAttributes", answered),
  ignored("compatibilities", answered),
];
