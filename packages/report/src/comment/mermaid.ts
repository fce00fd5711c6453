import { trafficOf, type ChangeSet, type TrafficNode } from "@fairlead/changes";

import { block } from "./markdown";

const shapes: Record<TrafficNode["kind"], [string, string]> = {
  internet: ["((", "))"],
  edge: ["{{", "}}"],
  loadBalancer: ["{{", "}}"],
  service: ["[", "]"],
  task: ["[", "]"],
  data: ["[(", ")]"],
};

const styles = [
  "classDef create fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef update fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "classDef replace fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#1f2328",
  "classDef delete fill:#ffebe9,stroke:#cf222e,stroke-dasharray:4 3,color:#1f2328",
];

/** What bears the environment's name is the same thing in each. */
const commonNames = {
  internet: "internet",
  edge: "CloudFront",
  loadBalancer: "load balancer",
  service: "service",
  task: "task",
  data: "data",
};

/** More than this nobody reads in a comment. */
const mostNodes = 40;

/** A Mermaid picture of what a change touches on the way of requests, with what stands right beside it; undefined where it touches nothing there. */
export function touchedDiagram(changes: ChangeSet): string | undefined {
  const { nodes, edges } = trafficOf(changes);
  const taskOwner = new Map(edges.flatMap(({ from, to }) => (kindOf(nodes, to) === "task" ? [[to, from] as const] : [])));
  // Service and task are one box here.
  const boxed = (id: string) => taskOwner.get(id) ?? id;
  const links = [...new Set(edges.map(({ from, to }) => `${boxed(from)} ${boxed(to)}`))]
    .map((text) => text.split(" ") as [string, string])
    .filter(([from, to]) => from !== to);
  const operation = new Map(nodes.map(({ id, operation: own }) => [id, own]));
  for (const [task, service] of taskOwner) if (operation.get(service) === "same") operation.set(service, operation.get(task)!);
  const touched = new Set(nodes.filter(({ id }) => taskOwner.get(id) === undefined && operation.get(id) !== "same").map(({ id }) => id));
  if (touched.size === 0) return undefined;
  const shownLinks = links.filter(([from, to]) => touched.has(from) || touched.has(to));
  const shown = nodes.filter(({ id }) => touched.has(id) || shownLinks.some((link) => link.includes(id)));
  if (shown.length > mostNodes) return undefined;
  const number = new Map(shown.map(({ id }, index) => [id, `n${index}`]));
  const lines = shown.map(({ id, kind, name }) => {
    const [open, close] = shapes[kind];
    const style = operation.get(id) === "same" ? "" : `:::${operation.get(id)}`;
    return `  ${number.get(id)}${open}"${label(name === changes.stack ? commonNames[kind] : name)}"${close}${style}`;
  });
  // The order in which a plan names its resources must not tell two stacks' pictures apart.
  const arrows = shownLinks.map(([from, to]) => `  ${number.get(from)} --> ${number.get(to)}`).sort();
  return block(["flowchart LR", ...lines, ...arrows, ...styles.map((style) => `  ${style}`)].join("\n"), "mermaid");
}

function kindOf(nodes: TrafficNode[], id: string): TrafficNode["kind"] | undefined {
  return nodes.find((node) => node.id === id)?.kind;
}

/** Mermaid reads entities in labels; names hold nothing else that it would take for its own. */
function label(name: string): string {
  return name.replace(/[^\w .:/-]/g, (sign) => `#${sign.codePointAt(0)};`);
}
