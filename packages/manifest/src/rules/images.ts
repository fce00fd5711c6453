import { existsSync, statSync } from "node:fs";
import { relative } from "node:path";
import { imageCodes, isFromAllowed, platformOf, referenceProblem } from "@fairlead/model";

import type { Rule } from "./rule";

export const dockerfile: Rule = ({ spec: { build }, locate }) => {
  if (existsSync(build.dockerfile)) return [];
  return [
    {
      code: "FL1008",
      ...locate(["build", "dockerfile"]),
      problem: `there is no ${relative(process.cwd(), build.dockerfile)}`,
      expected: "the Dockerfile that builds the service's image",
      fix: "Add the file, or name another as build.dockerfile, relative to the service.yaml.",
    },
  ];
};

export const buildContext: Rule = ({ spec: { build }, locate }) => {
  if (statSync(build.context, { throwIfNoEntry: false })?.isDirectory()) return [];
  return [
    {
      code: "FL1031",
      ...locate(["build", "context"]),
      problem: `there is no folder ${relative(process.cwd(), build.context)}`,
      expected: "the folder that is sent to the build",
      fix: "Name a folder as build.context, relative to the service.yaml. Without it, it is the service.yaml's own.",
    },
  ];
};

export const platform: Rule = ({ spec: { build, runtimePlatform }, locate }) => {
  const needed = platformOf(runtimePlatform.cpuArchitecture);
  if (build.platforms.includes(needed)) return [];
  const built = build.platforms.join(", ");
  return [
    {
      code: "FL1009",
      ...locate(["build", "platforms"]),
      problem: `the image is built for ${built}, the task runs on ${needed} (runtimePlatform.cpuArchitecture: ${runtimePlatform.cpuArchitecture})`,
      expected: `build.platforms with ${needed}, or none: then it follows runtimePlatform`,
      consequence: 'Every task would die at start with "exec format error".',
      fix: `Remove build.platforms, or add ${needed} to it, or set runtimePlatform.cpuArchitecture to match ${built}.`,
    },
  ];
};

/** Images of others, by a version that stays. */
export const sidecarImages: Rule = ({ spec, locate }) =>
  Object.entries(spec.sidecars).flatMap(([name, { image }]) => {
    const problem = referenceProblem(image);
    if (!problem) return [];
    return [
      {
        code: "FL1018",
        ...locate(["sidecars", name, "image"]),
        problem: `sidecars.${name}.image ${problem.split(":").slice(0, -1).join(":") || problem}`,
        expected: "a digest (…@sha256:…) or a version as tag",
        consequence: "What runs tomorrow would be nobody's decision.",
        fix: "Name a version; a digest is better, it can't be moved.",
      },
    ];
  });

/** Images of others, from where the environment lets them come. */
export const allowedImages: Rule = ({ spec, offers: { allowedRegistries }, locate }) =>
  Object.entries(spec.sidecars).flatMap(([name, { image }]) => {
    if (allowedRegistries === undefined || isFromAllowed(image, allowedRegistries) || referenceProblem(image)) return [];
    return [
      {
        code: "FL2160",
        ...locate(["sidecars", name, "image"]),
        problem: `sidecars.${name}.image is "${image}"`,
        expected: `an image of ${allowedRegistries.join(", ") || "no registry but the service's own"} (fairlead:allowedRegistries)`,
        fix: imageCodes.FL2160.fix,
      },
    ];
  });

/** Images of others of which the environment says who must have signed them; whether somebody did, only `up` can tell. */
export const signedImages: Rule = ({ spec, offers: { signedRegistries }, locate }) =>
  Object.entries(spec.sidecars).flatMap(([name, { image }]) => {
    if (signedRegistries === undefined || isFromAllowed(image, signedRegistries) || referenceProblem(image)) return [];
    return [
      {
        code: "FL2162",
        ...locate(["sidecars", name, "image"]),
        problem: `sidecars.${name}.image is "${image}", and no entry of fairlead:requiredSignatures is for it`,
        expected: `an image of ${signedRegistries.join(", ") || "an entry: there is none, so that no image may run"}`,
        fix: imageCodes.FL2162.fix,
      },
    ];
  });
