import { quoted } from "@fairlead/model";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import { valueOf } from "../gather/lookout";
import type { Told } from "./told";

/** Whether ECR was asked, and does not have an image of the task's. */
export function absentImage(facts: Facts): boolean {
  return facts.containers.some(({ image }) => facts.gathered.images.get(image ?? "")?.state === "absent");
}

export function architecture(words: string, facts: Facts): Told {
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture ?? "X86_64";
  const container = facts.containers.find(({ image }) => image !== undefined && words.includes(image)) ?? facts.containers[0];
  const platforms = valueOf(facts.gathered.images.get(container?.image ?? ""))?.platforms;
  const other = wanted === "ARM64" ? "X86_64" : "ARM64";
  const isOther = platforms?.includes(other === "ARM64" ? "linux/arm64" : "linux/amd64");
  return {
    cause: "image-architecture",
    certainty: "sure",
    problem: `the task runs on ${wanted}, and its image has ${platforms ? platforms.join(", ") || "no platform" : "no such platform"}`,
    key: container?.name === facts.ownContainer ? "runtimePlatform.cpuArchitecture" : `sidecars.${container?.name}.image`,
    ...(isOther && { changes: [{ path: ["runtimePlatform", "cpuArchitecture"], value: other }] }),
    fix: "Build the image for the task's platform (`build.platforms` follows runtimePlatform by itself), or run the task on the image's.",
  };
}

export function imageTold(words: string, facts: Facts): Told {
  const container =
    facts.containers.find(({ image }) => image !== undefined && words.includes(image.split("@")[0]!)) ?? facts.containers[0];
  const isOwn = container?.name === facts.ownContainer;
  return {
    cause: "image-missing",
    certainty: "sure",
    problem: `the image ${quoted(container?.image ?? "")} is not there: its repository, tag or digest`,
    ...(isOwn ? {} : { key: `sidecars.${container?.name}.image` }),
    fix: isOwn
      ? "Deploy again, which pushes it again, or roll back to a digest that is there."
      : "Name an image that is there, by its digest.",
  };
}

export function program(cause: CauseId, problem: string, words: string, key: string): Told {
  const named = /exec: "([^"]+)"|exec (\S+):/.exec(words);
  const name = named?.[1] ?? named?.[2];
  return {
    cause,
    certainty: "sure",
    problem: `${problem}${name ? `: ${quoted(name)}` : ""}`,
    key,
    fix: "Correct `command` or `entryPoint`, or what the Dockerfile copies into the stage that is run.",
  };
}
