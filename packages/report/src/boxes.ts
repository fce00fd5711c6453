import { trafficOf, type ChangeSet, type TrafficKind, type TrafficNode } from "@fairlead/changes";
import { byGravity } from "@fairlead/changes/gravity";

/** A part of a picture: a service stands for its task as well. */
export interface Box extends TrafficNode {
  kind: BoxKind;
}

/** What a box may be. */
export type BoxKind = Exclude<TrafficKind, "task">;

/** What is asked by whom, by the boxes' ids. */
export interface Boxes {
  boxes: Box[];
  edges: { from: string; to: string }[];
}

/** The way of requests as people draw it: a service and its task are one box, with the worse of what happens to the two. */
export function boxesOf(changes: ChangeSet): Boxes {
  const { nodes, edges } = trafficOf(changes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const serviceOf = new Map(edges.flatMap(({ from, to }) => (byId.get(to)!.kind === "task" ? [[to, from] as const] : [])));
  const boxed = (id: string) => serviceOf.get(id) ?? id;
  const boxes = new Map<string, Box>();
  for (const node of nodes) if (isBox(node)) boxes.set(node.id, { ...node });
  for (const [task, service] of serviceOf) {
    const [box, { detail, operation }] = [boxes.get(service)!, byId.get(task)!];
    box.detail = detail;
    if (byGravity(operation, box.operation) < 0) box.operation = operation;
  }
  const links = new Set(edges.map(({ from, to }) => JSON.stringify({ from: boxed(from), to: boxed(to) })));
  return {
    boxes: [...boxes.values()],
    edges: [...links].map((text) => JSON.parse(text) as Boxes["edges"][number]).filter(({ from, to }) => from !== to),
  };
}

function isBox(node: TrafficNode): node is Box {
  return node.kind !== "task";
}
