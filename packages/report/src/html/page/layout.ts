import { byGravity } from "@fairlead/changes/gravity";

import type { PageNode, PageStack } from "../pageData";

/** Where a node is drawn. */
export interface Placed {
  x: number;
  y: number;
}

export const nodeWidth = 166;
export const nodeHeight = 34;
const rowGap = 14;
const columnGap = 56;
const taskGap = 26;
/** A column of up to this many is one column. */
const fewRows = 24;

const columns: PageNode["kind"][] = ["internet", "edge", "loadBalancer", "service", "data"];

/** Places nodes in the columns in which a request passes them; a task stands beside its service. What changes stands at the top. */
export function layOut({ nodes, edges }: Pick<PageStack, "nodes" | "edges">): Placed[] {
  const places: Placed[] = nodes.map(() => ({ x: 0, y: 0 }));
  const taskOf = new Map(
    edges.filter(([from, to]) => nodes[from]!.kind === "service" && nodes[to]!.kind === "task").map(([from, to]) => [from, to]),
  );
  const inColumns = columns.map((kind) =>
    nodes
      .map((node, index) => ({ node, index }))
      .filter(({ node }) => node.kind === kind)
      .sort(
        (a, b) =>
          byGravity(gravest(a.node, nodes[taskOf.get(a.index) ?? a.index]!), gravest(b.node, nodes[taskOf.get(b.index) ?? b.index]!)) ||
          (a.node.name < b.node.name ? -1 : 1),
      )
      .map(({ index }) => index),
  );
  // A longer one goes on beside itself, so that the whole is about as wide as it is high.
  const longest = Math.max(...inColumns.map(({ length }) => length));
  const mostRows = Math.max(fewRows, Math.ceil(Math.sqrt((longest * (2 * nodeWidth + taskGap + columnGap)) / (nodeHeight + rowGap))));
  const tallest = Math.max(1, ...inColumns.map((column) => Math.min(mostRows, column.length)));
  const height = tallest * (nodeHeight + rowGap) - rowGap;
  let x = 0;
  inColumns.forEach((column, kindIndex) => {
    if (column.length === 0) return;
    const rows = Math.min(mostRows, column.length);
    const cell = columns[kindIndex] === "service" ? 2 * nodeWidth + taskGap : nodeWidth;
    const top = (height - (rows * (nodeHeight + rowGap) - rowGap)) / 2;
    column.forEach((index, position) => {
      const place = { x: x + Math.floor(position / rows) * (cell + columnGap), y: top + (position % rows) * (nodeHeight + rowGap) };
      places[index] = place;
      const task = taskOf.get(index);
      if (task !== undefined) places[task] = { x: place.x + nodeWidth + taskGap, y: place.y };
    });
    x += Math.ceil(column.length / rows) * (cell + columnGap);
  });
  return places;
}

function gravest(node: PageNode, task: PageNode): PageNode["operation"] {
  return byGravity(node.operation, task.operation) <= 0 ? node.operation : task.operation;
}
