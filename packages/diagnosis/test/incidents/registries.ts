import type { Sketch } from "./sketch";
import { before, exited, failing, image, notStarted, quiet, repository, started, unplaced } from "./words";

const hub = "docker.io/tryretool/backend:2.110.5";

/** Other registries than ECR, and images that don't get onto the disk. */
export const registries: Sketch[] = [
  {
    title: "Docker Hub from subnets that reach AWS alone",
    source: "ActionIQ/terraform-aws-retool-ecs-fargate#20",
    causes: ["registry-unreachable"],
    mentions: ["docker.io"],
    herring: "All four endpoints of ECR are there",
    network: { subnets: { a: { way: "none" }, b: { way: "none" } }, endpoints: ["ecr.api", "ecr.dkr", "s3", "logs"] },
    containers: [{ name: "app", port: 8080, image: hub }],
    deployment: failing(15),
    stopped: [
      notStarted(
        `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${hub}: failed to do request: Head "https://registry-1.docker.io/v2/tryretool/backend/manifests/2.110.5": dial tcp 34.205.13.154:443: i/o timeout`,
      ),
    ],
    events: [started(6)],
  },
  {
    title: "a private registry with last year's password",
    source: "aws/amazon-ecs-agent agent/api/errormessages: unauthorized: incorrect username or password",
    causes: ["registry-login"],
    launch: "EC2",
    containers: [{ name: "app", port: 8080, image: "registry-1.docker.io/shop/orders:1.4.2" }],
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            "CannotPullContainerError: API error (500): Get https://registry-1.docker.io/v2/shop/orders/manifests/1.4.2: unauthorized: incorrect username or password",
          ],
        },
      }),
    ],
    logs: { app: quiet },
  },
  {
    title: "an image whose layers don't fit its config",
    source: "'AWS ECS task failure due to CannotPullContainerError', 2025-02-17: number of layers and diffIDs don't match",
    causes: ["image-damaged"],
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted("CannotPullContainerError: ref pull has been retried 1 time(s): number of layers and diffIDs don't match: 3 != 15"),
    ],
    logs: { app: quiet },
  },
  {
    title: "an instance's disk is full of old images",
    source: "AWS: CannotPullContainer task errors, 'write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device'",
    causes: ["disk-full"],
    launch: "EC2",
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: { app: [undefined, "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device"] },
      }),
    ],
    logs: { app: quiet },
  },
  {
    title: "an image of 20 GiB on Fargate's 20 GiB",
    source: "AWS: ephemeral storage of Fargate tasks; containerd: failed to extract layer",
    causes: ["disk-full"],
    herring: "'failed to copy' and 'retried', as of a network's trouble",
    deployment: failing(16),
    running: [before()],
    stopped: [
      notStarted(
        `CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: failed to extract layer sha256:${"9c".repeat(32)} of ${image}: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/41/fs/model.bin: no space left on device`,
      ),
    ],
    events: [unplaced(4, "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: failed to extract layer")],
    logs: { app: quiet },
  },
  {
    title: "a program fills the task's disk with uploads",
    source: "ENOSPC; AWS: ephemeral storage of Fargate tasks",
    causes: ["disk-full"],
    deployment: { state: "steady", minutesAgo: 4000 },
    running: [{ times: 2, age: 5, target: ["healthy"], log: { app: quiet } }],
    stopped: [exited(1, { age: 900, stoppedAgo: 6 })],
    logs: { app: ["Error: ENOSPC: no space left on device, write", "    at Object.writeSync (node:fs:932:3)"] },
  },
  {
    title: "a user that the image doesn't know",
    source: "runc: 'unable to find user app: no matching entries in passwd file'",
    causes: ["user-missing"],
    mentions: ["app"],
    containers: [{ name: "app", port: 8080, user: "app" }],
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted(
        "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to find user app: no matching entries in passwd file: unknown",
      ),
    ],
    logs: { app: quiet },
  },
  {
    title: "the whole repository was removed with the old stack",
    source: "ECR: RepositoryNotFoundException",
    causes: ["image-missing"],
    mentions: ["fairlead/dev/orders"],
    image: { missing: "repository" },
    deployment: { state: "steady", minutesAgo: 9 * 24 * 60 },
    running: [{ times: 1, age: 4000, target: ["healthy"] }],
    stopped: [
      notStarted(
        `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${repository}: repository does not exist or may require authorization`,
      ),
    ],
    logs: { app: quiet },
  },
];
