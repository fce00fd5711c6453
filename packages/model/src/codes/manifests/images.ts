import type { Explanations } from "../explanation";

/** What the image is built from, and for which platforms. */
export const imageBuildCodes = {
  FL1008: {
    title: "missing Dockerfile",
    meaning: "There is no Dockerfile where the manifest says, or where it is looked for.",
    fix: "Add one beside service.yaml, or name it in build.dockerfile.",
    example: "build:\n  dockerfile: docker/Dockerfile",
  },
  FL1009: {
    title: "image platform does not cover the task",
    meaning: "The image is not built for the CPU that its tasks run on. The container would die with `exec format error`.",
    fix: "Remove build.platforms: the platforms then follow runtimePlatform.cpuArchitecture.",
    example: "runtimePlatform:\n  cpuArchitecture: ARM64",
  },
  FL1018: {
    title: "image without a version",
    meaning:
      "An image of others is named by `latest`, or by no tag at all. That is told, and stops nothing: `up` keeps the digest that it has when it is first deployed, each environment its own. A text that names no image is refused.",
    fix: "Name a version or a digest. Versions are pinned to their digest in the same way.",
    example: "image: public.ecr.aws/nginx/nginx:1.29",
  },
  FL1052: {
    title: "image that is built and named",
    meaning: "A manifest has both image, which others build, and build.",
    consequence: "Nobody could tell which of the two runs.",
    fix: "Remove one of them. What an environment says takes the place of the other's.",
  },
  FL1029: {
    title: "Dockerfile for one platform only",
    meaning: "A FROM of the Dockerfile names one platform, so the image would be that platform's whatever is asked for.",
    fix: "Remove --platform, or write --platform=$TARGETPLATFORM; $BUILDPLATFORM in stages that only cross-compile.",
    example: "FROM --platform=$BUILDPLATFORM golang:1.26 AS build",
  },
  FL1030: {
    title: "platform that the builder can't run",
    meaning: "A RUN would have to run programs of a platform that the builder can't run.",
    fix: "Cross-compile in a stage of $BUILDPLATFORM, use a builder with that platform, or install emulation (binfmt).",
  },
  FL1031: {
    title: "missing build context",
    meaning: "build.context names a folder that is not there.",
    fix: "Correct it. It is relative to the manifest.",
  },
  FL1041: {
    title: "writable folder that is no VOLUME",
    meaning:
      "A service on Fargate mounts a folder to write to, and its Dockerfile doesn't declare it as a VOLUME. The image that the Dockerfile begins with may, which `up` finds out. A warning.",
    consequence: "If no image declares it, the folder is root's, and up warns of it: FL2125.",
    fix: "Make the folder in the Dockerfile, give it to the user, and declare it as a VOLUME; or remove the mount.",
    example: "RUN mkdir -p /var/cache/app && chown 1000:1000 /var/cache/app\nVOLUME /var/cache/app",
  },
} satisfies Explanations<"FL10">;
