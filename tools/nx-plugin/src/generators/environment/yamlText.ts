import { isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";

import { Refusal } from "../refusal";

/** An item of a collection: a pair of a map, or a value of a list. */
export type Item = Pair<Node, Node | null> | Node;

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A YAML file whose text is changed in places, so that all the rest stays as somebody wrote it. */
export class YamlText {
  private readonly edits: Edit[] = [];
  private readonly root: unknown;

  /** @throws Refusal for a text that is not YAML */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) throw new Refusal(`${file}: ${error.message}\nNothing was written. Correct it first.`);
    this.root = document.contents;
  }

  /** The map at a path; undefined where there is none. */
  map(...path: string[]): YAMLMap<Node, Node | null> | undefined {
    const found = this.at(path);
    return isMap(found) ? (found as YAMLMap<Node, Node | null>) : undefined;
  }

  /** The list at a path; undefined where there is none. */
  list(...path: string[]): YAMLSeq<Node> | undefined {
    const found = this.at(path);
    return isSeq(found) ? (found as YAMLSeq<Node>) : undefined;
  }

  /** Puts a copy of an item after another one of the same collection. */
  copyAfter(collection: YAMLMap<Node, Node | null> | YAMLSeq<Node>, item: Item, after: Item, change: (text: string) => string): void {
    if (collection.flow) {
      const { start, end } = rangeOf(item);
      const place = rangeOf(after);
      // Where each item has a line of its own, so has the new one.
      const [apart] = /\r?\n[ \t]*$/.exec(this.text.slice(0, place.start)) ?? [" "];
      this.edits.push({ start: place.end, end: place.end, text: `,${apart}${change(this.text.slice(start, end))}` });
      return;
    }
    const { start, end } = this.linesOf(item);
    const place = this.linesOf(after).end;
    const apart = /\n[ \t]*\n(?:[ \t]*#.*\n)*$/.test(this.text.slice(0, start)) ? "\n" : "";
    const before = this.text[place - 1] === "\n" ? "" : "\n";
    this.edits.push({ start: place, end: place, text: `${before}${apart}${change(this.text.slice(start, end)).replace(/\n?$/, "\n")}` });
  }

  /** Takes an item out, with the comment above it, and leaves another comment in its place. */
  remove(item: Item, comment?: string): void {
    const { start, end } = this.linesOf(item);
    const [above] = /(?:(?<=\n|^)[ \t]*#.*\n)*$/.exec(this.text.slice(0, start))!;
    const indent = /^[ \t]*/.exec(this.text.slice(start))![0];
    this.edits.push({ start: start - above.length, end, text: comment === undefined ? "" : `${indent}# ${comment}\n` });
  }

  /** Gives a value another text. */
  replace(node: Node, text: string): void {
    const { start, end } = rangeOf(node);
    this.edits.push({ start, end, text });
  }

  /** The text with all changes. */
  toString(): string {
    // From the end to the beginning, so that places stay right; what goes to the same place keeps its order.
    const ordered = [...this.edits].reverse().sort((a, b) => b.start - a.start);
    return ordered.reduce((whole, { start, end, text }) => whole.slice(0, start) + text + whole.slice(end), this.text);
  }

  private at(path: readonly string[]): unknown {
    return path.reduce<unknown>((node, key) => (isMap(node) ? node.get(key, true) : undefined), this.root);
  }

  /** From the beginning of an item's first line to the end of its last. */
  private linesOf(item: Item): { start: number; end: number } {
    const { start, end } = rangeOf(item);
    const next = this.text.indexOf("\n", Math.max(end - 1, start));
    return { start: this.text.lastIndexOf("\n", start) + 1, end: next === -1 ? this.text.length : next + 1 };
  }
}

/** Where an item is in its text, without what follows it. */
function rangeOf(item: Item): { start: number; end: number } {
  if (isPair(item)) {
    const { start } = rangeOf(item.key as Node);
    return { start, end: item.value?.range ? rangeOf(item.value as Node).end : rangeOf(item.key as Node).end };
  }
  const [start, end] = (item as Node).range!;
  const last = isCollection(item) && !item.flow ? item.items.at(-1) : undefined;
  return { start, end: last === undefined ? end : rangeOf(last as Item).end };
}

/** The pair of a key. */
export function pairOf(map: YAMLMap<Node, Node | null> | undefined, key: string): Pair<Node, Node | null> | undefined {
  return map?.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}
