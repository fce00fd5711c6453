import { existsSync, statSync } from "node:fs";
import { relative } from "node:path";
import { imageCodes, isFromAllowed, movingTag, platformOf, referenceProblem } from "@fairlead/model";

import type { ServiceSpec } from "../spec";
import type { Rule } from "./rule";

export const dockerfile: Rule = ({ spec: { build }, locate }) => {
  if (!build || existsSync(build.dockerfile)) return [];
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
  if (!build || statSync(build.context, { throwIfNoEntry: false })?.isDirectory()) return [];
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
  if (!build) return [];
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

/** An image is built, or others build it. */
export const oneImage: Rule = ({ spec: { build, image }, locateKey }) => {
  if (!build || image === undefined) return [];
  return [
    {
      code: "FL1052",
      ...locateKey(["image"]),
      problem: `image names "${image}", and build says how one is built`,
      expected: "either image or build",
      consequence: "Nobody could tell which of the two runs.",
      fix: "Remove one of them. What an environment says takes the place of the other's.",
    },
  ];
};

/** The images that others build, by the key that names each. */
function imagesOfOthers({ image, sidecars }: ServiceSpec): { path: string[]; image: string }[] {
  return [
    ...(image === undefined ? [] : [{ path: ["image"], image }]),
    ...Object.entries(sidecars).map(([name, sidecar]) => ({ path: ["sidecars", name, "image"], image: sidecar.image })),
  ];
}

/** Images of others, by what names one. */
export const imageReferences: Rule = ({ spec, locate }) =>
  imagesOfOthers(spec).flatMap(({ path, image }) => {
    const problem = referenceProblem(image);
    if (!problem) return [];
    return [
      {
        code: "FL1018",
        ...locate(path),
        problem: `${path.join(".")} is "${image}", and no image is called so`,
        expected: "registry/repository:version or registry/repository@sha256:…",
        fix: "Write it as `docker pull` takes it.",
      },
    ];
  });

/** Of images of others that are named by what moves: each environment pins the digest of its own first deployment. */
export const movingImages: Rule = ({ spec, locate }) =>
  imagesOfOthers(spec).flatMap(({ path, image }) => {
    const moving = movingTag(image);
    if (!moving) return [];
    return [
      {
        code: "FL1018",
        ...locate(path),
        problem: `${path.join(".")} is "${image}", which has ${moving}`,
        expected: "a digest (…@sha256:…) or a version as tag",
        consequence: "Each environment keeps the digest that it has when it is first deployed there: which one, nobody reads here.",
        fix: "Name a version; a digest is better, it can't be moved.",
      },
    ];
  });

/** Images of others, from where the environment lets them come. */
export const allowedImages: Rule = ({ spec, offers: { allowedRegistries }, locate }) =>
  imagesOfOthers(spec).flatMap(({ path, image }) => {
    if (allowedRegistries === undefined || isFromAllowed(image, allowedRegistries) || referenceProblem(image)) return [];
    return [
      {
        code: "FL2160",
        ...locate(path),
        problem: `${path.join(".")} is "${image}"`,
        expected: `an image of ${allowedRegistries.join(", ") || "no registry but the service's own"} (fairlead:allowedRegistries)`,
        fix: imageCodes.FL2160.fix,
      },
    ];
  });

/** Images of others of which the environment says who must have signed them; whether somebody did, only `up` can tell. */
export const signedImages: Rule = ({ spec, offers: { signedRegistries }, locate }) =>
  imagesOfOthers(spec).flatMap(({ path, image }) => {
    if (signedRegistries === undefined || isFromAllowed(image, signedRegistries) || referenceProblem(image)) return [];
    return [
      {
        code: "FL2162",
        ...locate(path),
        problem: `${path.join(".")} is "${image}", and no entry of fairlead:requiredSignatures is for it`,
        expected: `an image of ${signedRegistries.join(", ") || "an entry: there is none, so that no image may run"}`,
        fix: imageCodes.FL2162.fix,
      },
    ];
  });
