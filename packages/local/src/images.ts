import type { LocalImages } from "./settings";

/** Public images that stand for what AWS runs: each publisher's own, by its version. */
export function localImages(): LocalImages {
  return {
    pause: "public.ecr.aws/eks-distro/kubernetes/pause:3.10",
    loadBalancer: "public.ecr.aws/docker/library/haproxy:3.2",
    data: (engine, majorVersion) =>
      `${engine === "valkey" ? "public.ecr.aws/valkey/valkey" : `public.ecr.aws/docker/library/${engine}`}:${majorVersion}`,
    awsEmulator: process.env.FAIRLEAD_AWS_EMULATOR ?? "floci/floci:latest",
    awsCli: "public.ecr.aws/aws-cli/aws-cli:2",
  };
}
