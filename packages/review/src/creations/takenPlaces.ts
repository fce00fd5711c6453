import { nounOf } from "@fairlead/changes";
import { sheetOf } from "@fairlead/model/awsTypes";

import { interrupts } from "../arguments/judge";
import { settings } from "../settings";
import { targetOf, urnsIn } from "../standing";
import type { CreationJudge } from "./around";

/**
 * A setting of which AWS keeps one for each of what it belongs to, of what the plan does not have: nobody here sees which one is there. Components of ours name
 * by a text what is theirs.
 */
export const takenPlace: CreationJudge = (created, { standing, before, isOurs }) => {
  const [argument] = settings[created.type] ?? [];
  if (argument === undefined || !sheetOf(created.type) || (isOurs(created.urn) && urnsIn(created, argument).length === 0)) return undefined;
  const found = standing.of(created, argument);
  // One that the plan has is told as the second of the same, or as the one that goes.
  const isKnown = before.some((other) => other.type === created.type && targetOf(other, argument) === targetOf(created, argument));
  return found && found.was === undefined && !isKnown
    ? interrupts(
        `AWS keeps one ${nounOf(created.type)} for each of what it belongs to, which is not in the plan: this one takes the place of what is there.`,
      )
    : undefined;
};
