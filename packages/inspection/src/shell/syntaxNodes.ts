/** A node of the parser's tree, of any kind. */
export type AnyNode = { type: string } & Record<string, unknown>;

/** Where nodes have nodes. Some are made when they are asked for, so that they are not among an object's own properties. */
const children = (
  "parts operation operand operands index pattern replacement offset length expression left right test consequent alternate elements value target " +
  "body name prefix suffix commands command clause then elif else wordlist items word initialize update redirects"
).split(" ");

/** Visits a node and what it is made of; what `visit` says no to is not entered. */
export function walk(node: unknown, visit: (node: AnyNode) => boolean | void): void {
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...(next as unknown[]).toReversed());
    else if (isNode(next) && visit(next) !== false) waiting.push(...children.map((key) => next[key]).reverse());
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string";
}
