import type { ChangeSet } from "@fairlead/changes";

import { boxesOf, type BoxKind } from "../boxes";
import { block } from "./markdown";

const shapes: Record<BoxKind, [string, string]> = {
  internet: ["((", "))"],
  edge: ["{{", "}}"],
  loadBalancer: ["{{", "}}"],
  service: ["[", "]"],
  data: ["[(", ")]"],
};

const styles = [
  "classDef create fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef update fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "classDef replace fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#1f2328",
  "classDef delete fill:#ffebe9,stroke:#cf222e,stroke-dasharray:4 3,color:#1f2328",
];

/** What bears the environment's name is the same thing in each. */
const commonNames: Record<BoxKind, string> = {
  internet: "internet",
  edge: "CloudFront",
  loadBalancer: "load balancer",
  service: "service",
  data: "data",
};

/** More than this nobody reads in a comment. */
const mostNodes = 40;

/** A Mermaid picture of what a change touches on the way of requests, with what stands right beside it where that is not too much; undefined where it touches nothing there. */
export function touchedDiagram(changes: ChangeSet): string | undefined {
  const { boxes, edges } = boxesOf(changes);
  const touched = new Set(boxes.filter(({ operation }) => operation !== "same").map(({ id }) => id));
  if (touched.size === 0) return undefined;
  if (touched.size > mostNodes) return undefined;
  const near = new Set([...touched, ...edges.flatMap(({ from, to }) => (touched.has(from) || touched.has(to) ? [from, to] : []))]);
  // Of what everybody calls too much stands beside it.
  const ids = near.size > mostNodes ? touched : near;
  const shown = boxes.filter(({ id }) => ids.has(id));
  const shownEdges = edges.filter(({ from, to }) => ids.has(from) && ids.has(to) && (touched.has(from) || touched.has(to)));
  const number = new Map(shown.map(({ id }, index) => [id, `n${index}`]));
  const lines = shown.map(({ id, kind, name, operation }) => {
    const [open, close] = shapes[kind];
    const style = operation === "same" ? "" : `:::${operation}`;
    return `  ${number.get(id)}${open}"${label(name === changes.stack ? commonNames[kind] : name)}"${close}${style}`;
  });
  // The order in which a plan names its resources must not tell two stacks' pictures apart.
  const arrows = shownEdges.map(({ from, to }) => `  ${number.get(from)} --> ${number.get(to)}`).sort();
  return block(["flowchart LR", ...lines, ...arrows, ...styles.map((style) => `  ${style}`)].join("\n"), "mermaid");
}

/** Mermaid reads entities in labels; names hold nothing else that it would take for its own. */
function label(name: string): string {
  return name.replace(/[^\w .:/-]/g, (sign) => `#${sign.codePointAt(0)};`);
}
