/** Where something stands in a file. */
export interface Place {
  /** Relative to the folder that is read. */
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

interface Common {
  readonly place: Place;
  /** Keys and indices that lead to it in its own file, whatever it was merged into since. */
  readonly path: readonly (string | number)[];
  /** The node of the file that this one is a copy of; itself where it is none. Claims are of these. */
  readonly origin: SourceNode;
  /** `!Ref` and others; undefined for what YAML itself knows. */
  readonly tag?: string;
}

export interface MapEntry {
  readonly keyPlace: Place;
  readonly value: SourceNode;
}

export interface MapNode extends Common {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface ListNode extends Common {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
}

export interface ScalarNode extends Common {
  readonly kind: "scalar";
  /** As it is written, without quotes: what a reader of texts gets of `010` or `1.0`. Empty for what is left out. */
  readonly text: string;
  /** Whether YAML takes it for a text: it is quoted, or nothing else by its form. */
  readonly isText: boolean;
  /** `null`, `~`, or nothing at all. */
  readonly isNull: boolean;
  /** Whether it is a block behind `|`. */
  readonly isLiteral: boolean;
  /** Whether it stands without quotes and without a tag, so that its form says what it is: a number, a date, a text. */
  readonly isPlain: boolean;
}

/** A part of a YAML file, with what aliases and merge keys stand for, and where it stands. */
export type SourceNode = MapNode | ListNode | ScalarNode;

type WithoutOrigin<T> = T extends SourceNode ? Omit<T, "origin"> & { origin?: SourceNode } : never;

/** Completes a node: one that is a copy of none is its own origin. */
export function sourceNode(node: WithoutOrigin<SourceNode>): SourceNode {
  const made = { ...node } as { origin?: SourceNode };
  made.origin ??= made as SourceNode;
  return made as SourceNode;
}

/** The entry's value at a key of a map; undefined for what is none. */
export function childOf(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The text of a single value; undefined for what is none, is empty or null. */
export function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && !node.isNull && node.text !== "" ? node.text : undefined;
}
