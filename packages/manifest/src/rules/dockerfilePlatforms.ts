import { existsSync } from "node:fs";

import { platformOf } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { BuildSpec, EnvironmentOffers } from "../spec";
import { dockerfilePlatforms, type DockerfilePlatforms } from "./dockerfileSources";
import type { Rule } from "./rule";

/** What a Dockerfile itself says of the platforms that it is built for. */
export const dockerfilePlatform: Rule = ({ spec: { build, runtimePlatform }, offers }) => {
  if (!build || !existsSync(build.dockerfile)) return [];
  const dockerfile = dockerfilePlatforms(build.dockerfile, build.target);
  const built = offers.builtPlatforms?.(platformOf(runtimePlatform.cpuArchitecture)) ?? build.platforms;
  return [...fixedPlatform(build, dockerfile), ...builderPlatform({ ...build, platforms: built }, dockerfile, offers)];
};

/** A last stage of one platform, whatever is asked for, gives an index that lies. */
function fixedPlatform(build: BuildSpec, { fixed }: DockerfilePlatforms): Diagnostic[] {
  const others = build.platforms.filter((platform) => platform !== fixed?.platform);
  if (!fixed || others.length === 0) return [];
  return [
    {
      code: "FL1029",
      file: build.dockerfile,
      line: fixed.line,
      column: fixed.column,
      problem: `the image is ${fixed.platform} whatever it is built for, and it is built for ${build.platforms.join(", ")}`,
      expected: "a last stage of the platform that is built",
      consequence: 'Every task would die at start with "exec format error".',
      fix: "Remove --platform from this FROM. Stages before it may have --platform=$BUILDPLATFORM.",
    },
  ];
}

/** What a Dockerfile runs, the builder must be able to run. */
function builderPlatform(
  build: Pick<BuildSpec, "dockerfile"> & { platforms: readonly string[] },
  dockerfile: DockerfilePlatforms,
  { builderPlatforms }: EnvironmentOffers,
): Diagnostic[] {
  const runs = build.platforms.flatMap((platform) => {
    const place = dockerfile.runsOn(platform);
    return place ? [{ platform, place }] : [];
  });
  const builder = runs.length > 0 ? builderPlatforms?.() : undefined;
  if (!builder) return [];
  return runs
    .filter(({ platform }) => !builder.includes(platform))
    .map(({ platform, place }) => ({
      code: "FL1030" as const,
      file: build.dockerfile,
      line: place.line,
      column: place.column,
      problem: `this runs on ${platform}, and the builder runs ${builder.join(", ")}`,
      expected: "a builder that runs the platform, or a stage of the builder's own",
      consequence: 'The build would fail with "exec format error".',
      fix:
        "Cross-compile: FROM --platform=$BUILDPLATFORM, with TARGETARCH for the compiler. Or give the builder the platform: " +
        "docker run --privileged --rm tonistiigi/binfmt --install all (emulated, slow), or docker buildx create --append with a machine of it.",
    }));
}
