import type { Field } from "../fields/field";

/** A text at a key of a map, read without a word about it: its map is claimed as a whole. */
export function textOf({ node }: Pick<Field, "node">, key: string): string | undefined {
  const value = node.kind === "map" ? node.entries.get(key)?.value : undefined;
  return value?.kind === "scalar" && !value.isNull ? value.text : undefined;
}
