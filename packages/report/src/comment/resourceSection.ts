import { changedResources, consequenceOf, type ResourceChange } from "@fairlead/changes";

import { counted } from "../phrases";
import type { StackReport } from "../report";
import { typeText } from "../typeText";
import { propertyLine } from "../words";
import { block, folded, plain } from "./markdown";

const signs = { create: "+", update: "!", replace: "-", delete: "-", same: " " };

/** The resources of one stack, as a block in the colours of a diff. */
export function resourceSection({ stack, changes }: StackReport, properties: boolean): string {
  const changed = changedResources(changes.resources);
  const lines = changed.flatMap((change) => [
    headOf(change),
    ...(properties ? change.properties.map((property) => `    ${propertyLine(property)}`) : []),
  ]);
  return folded(`${plain(stack)}: ${counted(changed.length, "resource")}`, block(lines.join("\n"), "diff"));
}

function headOf(change: ResourceChange): string {
  const { operation, name } = change;
  const sign = consequenceOf(change)?.severity === "routine" && operation === "replace" ? signs.update : signs[operation];
  return `${sign} ${operation} ${typeText(change)} ${name}`;
}
