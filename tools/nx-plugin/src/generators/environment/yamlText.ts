import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

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
  private readonly removed: Edit[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  /** @throws Refusal for a text that is not YAML */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines });
    const [error] = this.document.errors;
    if (error) throw new Refusal(`${file}: ${error.message}\nNothing was written. Correct it first.`);
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

  /** Whether a part of a value is of a kind; its aliases are what they stand for. */
  some(value: Node | null, isOfKind: (part: unknown) => boolean): boolean {
    const seen = new Set<unknown>();
    const look = (node: Node | null): boolean => {
      let found = false;
      if (seen.has(node)) return found;
      seen.add(node);
      visit(node, (_, part) => void (found ||= isAlias(part) ? look(part.resolve(this.document) ?? null) : isOfKind(part)));
      return found;
    };
    return look(value);
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
    const edit = { start: start - above.length, end, text: comment === undefined ? "" : `${indent}# ${comment}\n` };
    this.edits.push(edit);
    this.removed.push(edit);
  }

  /** Gives a value another text. */
  replace(node: Node, text: string): void {
    const { start, end } = rangeOf(node);
    this.edits.push({ start, end, text });
  }

  /**
   * The text with all changes.
   *
   * @throws Refusal where an alias stays whose anchor was taken out
   */
  toString(): string {
    visit(this.document, { Alias: (_, alias) => this.refuseLost(alias) });
    // From the end to the beginning, so that places stay right; what goes to the same place keeps its order.
    const ordered = [...this.edits].reverse().sort((a, b) => b.start - a.start);
    return ordered.reduce((whole, { start, end, text }) => whole.slice(0, start) + text + whole.slice(end), this.text);
  }

  private refuseLost(alias: Alias): void {
    const isRemoved = (node: Node | undefined) => {
      const place = node?.range?.[0];
      return place !== undefined && this.removed.some(({ start, end }) => start <= place && place < end);
    };
    if (isRemoved(alias) || !isRemoved(alias.resolve(this.document))) return;
    const { line, col } = this.lines.linePos(alias.range![0]);
    const what = `*${alias.source} stands for a part of what is not copied`;
    throw new Refusal(`${this.file}:${line}:${col}: ${what}. Nothing was written.\nWrite its value there, then run this again.`);
  }

  private at(path: readonly string[]): unknown {
    return path.reduce<unknown>((node, key) => (isMap(node) ? node.get(key, true) : undefined), this.document.contents);
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
