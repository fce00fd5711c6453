import { urnParts, type ChangedResource, type ChosenImport, type Verdict } from "@fairlead/adoption";
import { coded, UserError } from "@fairlead/model";
import type { JudgedDanger } from "@fairlead/review";

import { counted } from "../counted";
import { typeName } from "./typeName";

/** What an import would do, by Pulumi's engine on a copy of the state. */
export interface Proof {
  imported: ChosenImport[];
  /** What the program sets of them and AWS has not yet: an `up` makes it. */
  newSettings: ChosenImport[];
  verdict: Verdict;
  /** What a review warns of in what the `up` would change. */
  dangers: JudgedDanger[];
}

/** What the import would do, and what was done. */
export function renderProof({ imported, newSettings, verdict, dangers }: Proof, stack: string, written: boolean): string {
  const { replaced, deleted, changed, created, unchanged } = verdict;
  const lines = [
    `Imported into a copy of the state: ${counted(imported.length, "resource")}`,
    ...imported.map(({ urn, id }) => `  ${typeName(urnParts(urn).type)} ${id}`),
    `An up would then replace ${replaced.length}, delete ${deleted.length}, change ${changed.length}, make ${created}, and leave ${unchanged} as they are.`,
    ...changed.flatMap((each) => [
      `  changes ${shown(each)}`,
      ...dangers.filter(({ urns }) => urns.includes(each.urn)).map(({ title, text }) => `    look: ${title}. ${text}`),
    ]),
    ...newSettings.map(
      ({ urn, id }) =>
        `  sets ${typeName(urnParts(urn).type)} of ${id}, which has none${expiring.test(urn) ? ": look at what it deletes, and when" : ""}`,
    ),
  ];
  const end = written
    ? [`They are in the state of ${stack} now.`]
    : replaced.length + deleted.length === 0
      ? ["Nothing was written. With --write they are taken into the stack's state."]
      : [];
  return `\n${[...lines, ...end].join("\n")}\n`;
}

/** Settings by which AWS deletes what is older than they say. */
const expiring = /lifecycle/i;

/** @throws UserError with FL3204 where an `up` would replace or delete anything */
export function refuseVerdict({ verdict: { replaced, deleted } }: Proof): void {
  if (replaced.length + deleted.length === 0) return;
  const lines = [...replaced.map((each) => `  replaces ${shown(each)}`), ...deleted.map((each) => `  deletes ${shown(each)}`)];
  throw new UserError(
    coded(
      "FL3204",
      `nothing was written: with it in the state an up would lose what is there.\n${lines.join("\n")}\n  fix: have the program say what is there (transform), name it by reference instead, or leave it out by --skip.`,
    ),
  );
}

function shown({ type, name, properties }: ChangedResource): string {
  return `${typeName(type)} ${name}${properties.length > 0 ? `: ${properties.join(", ")}` : ""}`;
}
