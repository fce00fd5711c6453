import { quoted } from "@fairlead/model";

import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { placeTold } from "./placeRules";
import { startTold } from "./start";
import { addresses } from "./startPlaces";

/** What ECS can't find a place for, in the words of its events. */
export function placeFindings(facts: Facts): Finding[] {
  if (!facts.isTroubled) return [];
  const found = new Map<string, Finding>();
  for (const { message = "" } of facts.events) {
    if (!/unable to|could not|throttled|failed to/i.test(message)) continue;
    // What ECS quotes here of a task that it could not start is in the words of a stopped task.
    const quotedStart =
      /failed to launch a task with \(error (.+)\)|Reason: ((?:ResourceInitialization|CannotPull|CannotCreate|CannotStart)\w*Error.+)/.exec(
        message,
      );
    const start = quotedStart && startTold(facts, quotedStart[1] ?? quotedStart[2]!);
    const told = start ?? placeTold(message, facts);
    if (!told) continue;
    const weight = told.cause === "ecs-throttled" ? 30 : 70;
    if (!found.has(told.cause)) found.set(told.cause, { ...told, evidence: [{ where: "service events", saw: quoted(message) }], weight });
  }
  const failed = facts.gathered.scalingActivities.find(({ StatusCode, StartTime }) => StatusCode === "Failed" && StartTime! >= facts.since);
  if (failed && found.size === 0 && facts.missing > 0) {
    const told = placeTold(failed.StatusMessage ?? "", facts);
    if (told)
      found.set("scaling", {
        ...told,
        evidence: [{ where: "scaling", saw: quoted(failed.StatusMessage!) }],
        weight: 50,
      });
  }
  return found.size > 0 ? [...found.values()] : otherWords(facts);
}

/** What ECS says as it can't go on, in words that no rule knows: told as they are, where nothing else tells why tasks are missing. */
function otherWords(facts: Facts): Finding[] {
  if (facts.missing === 0 || facts.failures.length > 0) return [];
  const event = facts.events.find(
    ({ message = "" }) => /unable to|could not|cannot/i.test(message) && !/consistently start|deployment failed/i.test(message),
  );
  if (!event) return [];
  return [
    {
      ...{ cause: "task-not-placed", certainty: "sure", weight: 40 },
      problem: `ECS says: ${quoted(event.message!)}`,
      evidence: [{ where: "service events", saw: quoted(event.message!) }],
      fix: "Mend what ECS names. It tries again by itself.",
    },
  ];
}

/** Subnets without addresses, while tasks wait for one. */
export function addressFindings(facts: Facts): Finding[] {
  const { subnets, runningTasks } = facts.gathered;
  const waits = runningTasks.some(({ lastStatus }) => lastStatus === "PROVISIONING") || facts.missing > 0;
  const empty = subnets.length > 0 && subnets.every(({ AvailableIpAddressCount = 1 }) => AvailableIpAddressCount === 0);
  if (!waits || !empty) return [];
  const told = addresses("", facts);
  return [
    {
      ...told,
      evidence: subnets.map(({ SubnetId = "", AvailableIpAddressCount }) => ({
        where: SubnetId,
        saw: `${AvailableIpAddressCount} free addresses`,
      })),
      weight: 95,
    },
  ];
}
