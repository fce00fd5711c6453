import { isCollection, isMap, isPair, isScalar, type CST, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";

import { isBlockValue, isEmptyValue } from "./kinds";

/** A map or a list. */
export type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

/** A place in a collection that holds a value: that of a key, or of a list's item. Offsets count in the text. */
export interface Slot {
  /** Where the key or the dash begins; in a flow list the value. */
  start: number;
  /** Behind the last character of the value, without what follows it. */
  end: number;
  /** Behind the colon or the dash; undefined where there is none. */
  after: number | undefined;
  value: Node | null;
}

/** The places of a collection, in their order. */
export function slotsOf(collection: Collection): Slot[] {
  if (isMap(collection)) return collection.items.map((pair) => slotOf(pair as Pair<Node, Node | null>));
  const { srcToken } = collection as YAMLSeq & { srcToken?: CST.BlockSequence | CST.FlowCollection };
  return (collection.items as Node[]).map((value, index) => {
    const dash = collection.flow ? undefined : srcToken?.items[index]?.start.find(({ type }) => type === "seq-item-ind");
    // In a flow list a pair may stand for a map of one key.
    const [from = 0] = (isPair(value) ? (value.key as Node).range : value.range) ?? [];
    const [start, after] = dash ? [dash.offset, dash.offset + 1] : [from, undefined];
    return { start, after, value, end: isEmptyValue(value) ? (after ?? from) : endOf(value) };
  });
}

function slotOf({ key, value, srcToken }: Pair<Node, Node | null>): Slot {
  const colon = srcToken?.sep?.find(({ type }) => type === "map-value-ind");
  const after = colon && colon.offset + 1;
  const [start, keyEnd] = key.range!;
  return { start, after, value, end: value && !isEmptyValue(value) ? endOf(value) : (after ?? keyEnd) };
}

/** Behind the last character of a value: comments and empty lines that follow it are not of it. */
export function endOf(node: Node): number {
  const [start, end] = node.range!;
  if (isCollection(node)) return node.flow ? end : slotsOf(node as Collection).at(-1)!.end;
  if (!isScalar(node) || !isBlockValue(node)) return end;
  const { source = "" } = node.srcToken as { source?: string };
  const header = (node.srcToken as CST.BlockScalar).props.find(({ type }) => type === "block-scalar-header");
  const keepsEmptyLines = (header as { source?: string } | undefined)?.source?.includes("+");
  return keepsEmptyLines || source.trim() === "" ? end : Math.max(start, end - (source.length - source.trimEnd().length));
}
