import { changedResources, consequenceOf, type ResourceChange } from "@fairlead/changes";

import type { StackReport } from "../report";
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
  return folded(`${plain(stack)}: ${changed.length} resources`, block(lines.join("\n"), "diff"));
}

function headOf(change: ResourceChange): string {
  const { operation, type, name } = change;
  const sign = consequenceOf(change)?.severity === "routine" && operation === "replace" ? signs.update : signs[operation];
  return `${sign} ${operation} ${type} ${name}`;
}
