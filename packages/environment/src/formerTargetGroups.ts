import { isMap } from "@fairlead/model";
import { targetGroupPattern, type FormerTargetGroup } from "@fairlead/networking";

import type { RefuseEntry } from "./stackConfiguration";

/** Reads a value of `formerTargetGroups`: what still answers a service's requests in its place, and how many of a hundred. */
export function formerTargetGroup(entry: unknown, refuse: RefuseEntry): FormerTargetGroup | undefined {
  const { targetGroupArn, percent, ...others } = isMap(entry) ? entry : {};
  const isWhole = typeof percent === "number" && Number.isInteger(percent) && percent >= 0 && percent <= 100;
  if (typeof targetGroupArn === "string" && targetGroupPattern.test(targetGroupArn) && isWhole && Object.keys(others).length === 0)
    return { targetGroupArn, percent };
  const fix = "fairlead adopt names the target group; remove the entry once the service answers all requests.";
  return void refuse(
    `is ${JSON.stringify(entry)}`,
    "targetGroupArn, and percent: a whole number from 0 to 100, of the requests that it still answers",
    fix,
  );
}
