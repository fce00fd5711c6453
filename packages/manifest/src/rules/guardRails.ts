import { scalingValues, withDefaults } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { Rule } from "./rule";

/** What the platform team allows in the environment. */
export const guardRails: Rule = ({ spec, offers, locate }) => {
  const rails = offers.guardRails;
  if (!rails) return [];
  const found: Diagnostic[] = [];
  const of = `a guard rail of ${rails.environment}, which the platform team sets in ${rails.setIn}`;
  const report = (code: Diagnostic["code"], path: string[], problem: string, expected: string, fix: string) =>
    found.push({ code, ...locate(path), problem, expected: `${expected}: ${of}`, fix });
  const limit = (name: "cpu" | "memoryMiB", most: number | undefined) => {
    if (most === undefined || spec[name] <= most) return;
    report("FL1032", [name], `${name} is ${spec[name]}`, `at most ${most}`, `Set ${name} to ${most} or less, or ask the platform team.`);
  };
  limit("cpu", rails.maxCpu);
  limit("memoryMiB", rails.maxMemoryMiB);
  if (rails.requireOwner && spec.owner === undefined) {
    report("FL1033", [], `${spec.name} has no "owner"`, "the team that answers for the service", 'Add "owner: …".');
  }
  for (const tag of rails.requiredTags ?? []) {
    if (tag in spec.tags) continue;
    report("FL1034", ["tags"], `${spec.name} has no tag "${tag}"`, `the tag ${tag}`, `Add "tags: { ${tag}: … }".`);
  }
  const isScaled = spec.scaling !== undefined;
  const count = isScaled ? withDefaults(spec.scaling, scalingValues).maxCapacity : spec.desiredCount;
  if (rails.maxCount !== undefined && count > rails.maxCount) {
    const path = isScaled ? ["scaling", "maxCapacity"] : ["desiredCount"];
    report("FL1035", path, `${path.join(".")} is ${count}`, `at most ${rails.maxCount} tasks`, `Set it to ${rails.maxCount} or less.`);
  }
  return found;
};
