import { byGravity } from "@fairlead/changes/gravity";

import type { PageNode, PageStack } from "../pageData";

/** How much of a stack is drawn: what changes with what stands beside it, all of it in few boxes, or each service. */
export type Scope = "changes" | "overview" | "everything";

/** A box of the picture: one node, or the services of one owner. */
export interface ViewBox extends Omit<PageNode, "area" | "owner"> {
  /** Places of the nodes that it stands for. */
  nodes: number[];
  /** Whose services are folded into it; undefined for a box of one node, empty for those of nobody. */
  foldedOwner?: string;
}

/** What is drawn. Edges are pairs of places of boxes. */
export interface View {
  boxes: ViewBox[];
  edges: [number, number][];
}

/** More boxes than these nobody takes in at once. */
export const mostBoxes = 40;

/** The scopes that differ for a stack; what comes first is shown first. */
export function scopesOf(stack: Pick<PageStack, "nodes" | "edges">): Scope[] {
  const changed = changedNodes(stack);
  const isLarge = stack.nodes.length > mostBoxes;
  return [
    ...(changed.size > 0 && changed.size < stack.nodes.length ? (["changes"] as const) : []),
    ...(isLarge ? (["overview"] as const) : []),
    "everything",
  ];
}

/**
 * What is drawn of a stack.
 *
 * @param found what a search found; undefined where nothing is searched. It goes before the scope
 * @param unfolded owners whose services are shown one by one
 */
export function viewOf(
  stack: Pick<PageStack, "nodes" | "edges">,
  scope: Scope,
  found: ReadonlySet<number> | undefined,
  unfolded: ReadonlySet<string>,
): View {
  const changed = changedNodes(stack);
  const kept = found ?? changed;
  const start = found ?? (scope === "changes" ? changed : new Set(stack.nodes.keys()));
  const shown = new Set(start);
  for (const [from, to] of stack.edges) if (start.has(from) || start.has(to)) shown.add(from).add(to);
  const folds = scope !== "everything" && shown.size > mostBoxes;
  return boxed(
    stack,
    [...shown].sort((a, b) => a - b),
    folds ? ownersToFold(stack, shown, kept, unfolded) : new Map(),
  );
}

function changedNodes({ nodes }: Pick<PageStack, "nodes">): Set<number> {
  return new Set(nodes.flatMap(({ operation }, index) => (operation === "same" ? [] : [index])));
}

/** Owner of each service that is folded. What is kept stays a box of its own, unless that is too much as well. */
function ownersToFold(
  { nodes }: Pick<PageStack, "nodes">,
  shown: ReadonlySet<number>,
  kept: ReadonlySet<number>,
  unfolded: ReadonlySet<string>,
): Map<number, string> {
  const services = [...shown].filter((index) => nodes[index]!.kind === "service");
  const keptServices = services.filter((index) => kept.has(index));
  const keeps = keptServices.length <= mostBoxes / 2 ? new Set(keptServices) : new Set<number>();
  const owners = new Map(services.filter((index) => !keeps.has(index)).map((index) => [index, nodes[index]!.owner ?? ""]));
  const counts = new Map<string, number>();
  for (const owner of owners.values()) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return new Map([...owners].filter(([, owner]) => counts.get(owner)! > 1 && !unfolded.has(owner)));
}

function boxed({ nodes, edges }: Pick<PageStack, "nodes" | "edges">, shown: number[], owners: ReadonlyMap<number, string>): View {
  const boxes: ViewBox[] = [];
  const placeOf = new Map<number, number>();
  const places = new Map<string, number>();
  for (const index of shown) {
    const { name, kind, detail, operation } = nodes[index]!;
    const owner = owners.get(index);
    const place = owner === undefined ? undefined : places.get(owner);
    if (place !== undefined) {
      const box = boxes[place]!;
      box.nodes.push(index);
      if (byGravity(operation, box.operation) < 0) box.operation = operation;
      placeOf.set(index, place);
      continue;
    }
    if (owner !== undefined) places.set(owner, boxes.length);
    placeOf.set(index, boxes.length);
    boxes.push({ nodes: [index], name, kind, operation, ...(owner === undefined ? { detail } : { foldedOwner: owner }) });
  }
  for (const box of boxes) if (box.foldedOwner !== undefined) Object.assign(box, labelOf(box, nodes));
  const links = new Set<string>();
  for (const [from, to] of edges) {
    const link = [placeOf.get(from), placeOf.get(to)];
    if (link[0] !== undefined && link[1] !== undefined && link[0] !== link[1]) links.add(link.join(" "));
  }
  return { boxes, edges: [...links].map((link) => link.split(" ").map(Number) as [number, number]) };
}

function labelOf({ nodes: members, foldedOwner }: ViewBox, nodes: readonly PageNode[]): Pick<ViewBox, "name" | "detail"> {
  const changed = members.filter((index) => nodes[index]!.operation !== "same").length;
  const whose = foldedOwner === "" ? "services without an owner" : `services of ${foldedOwner}`;
  return {
    name: `${members.length} ${whose}`,
    ...(changed > 0 && { detail: `${changed} of them ${changed === 1 ? "changes" : "change"}` }),
  };
}
