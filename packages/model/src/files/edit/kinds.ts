import { isCollection, isScalar, type Node } from "yaml";

/** Whether there is no value: nothing stands behind the colon or the dash. */
export function isEmptyValue(node: Node): boolean {
  return isScalar(node) && node.value === null && node.range![0] === node.range![1];
}

/** Whether a value stands in lines of its own: a block of keys or items, or a text behind `|` or `>`. */
export function isBlockValue(node: Node): boolean {
  if (isCollection(node)) return !node.flow;
  return isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
}

/** Whether a value is a map or a list that has something. */
export function isFilled(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
