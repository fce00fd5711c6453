import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar } from "yaml";

import type { Path } from "./changesOf";
import { columnOf, habitsOf, type Habits } from "./habits";
import { isBlockValue, isEmptyValue, isFilled } from "./kinds";
import { RefusedEdit } from "./refusedEdit";
import { blockText, flowText, scalarText } from "./rendered";
import { slotsOf, type Collection, type Slot } from "./slots";

/** A collection, and where it stands. */
interface Place {
  node: Node;
  /** What holds it; undefined for the whole text. */
  slot: Slot | undefined;
  /** Whether it stands within braces or brackets. */
  isInFlow: boolean;
}

/** A text in YAML, in which one value is set, taken out or put in. What is not of that value stays, character by character. */
export class OneChange {
  private readonly document: Document.Parsed;
  private readonly habits: Habits;

  constructor(private readonly text: string) {
    this.document = parseDocument(text, { keepSourceTokens: true, logLevel: "silent" });
    this.habits = habitsOf(text, this.document);
  }

  /** @throws RefusedEdit where the value of a path is not decided there, or where none can be */
  insist(path: Path): void {
    const { place, rest } = this.walk(path);
    const { node } = place;
    if (rest.length === 0) return;
    if (isMap(node)) this.refuseMerged(node);
    else if (node !== null && !(isScalar(node) && node.value === null) && !isSeq(node)) this.refuseKind(node, rest[0]!);
  }

  /** Gives a path a value; what there is not of it is made. */
  set(path: Path, value: unknown): string {
    const { place, rest } = this.walk(path);
    if (rest.length === 0) return this.replaced(place, value);
    const nested = rest.slice(1).reduceRight<unknown>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
    return this.added(place, rest[0]!, nested);
  }

  /** Puts an item into a list, before the one that has the index now. */
  insert(path: Path, value: unknown): string {
    const { place, rest } = this.walk(path.slice(0, -1));
    if (rest.length > 0) throw new RefusedEdit("there is no list", this.offsetOf(place.node));
    return this.added(place, path.at(-1)!, value);
  }

  /** Takes a key or an item out. */
  remove(path: Path): string {
    const { place, rest } = this.walk(path.slice(0, -1));
    const index = rest.length === 0 ? this.indexOf(place.node, path.at(-1)!) : -1;
    if (index === -1) return this.text;
    this.refuseMerged(place.node);
    const slots = slotsOf(place.node as Collection);
    const slot = slots[index]!;
    if (slots.length === 1) return this.replaced(place, isMap(place.node) ? {} : []);
    if ((place.node as Collection).flow) {
      const next = slots[index + 1];
      return next ? this.without(slot.start, next.start) : this.without(slots[index - 1]!.end, slot.end);
    }
    const line = this.lineStart(slot.start);
    const end = this.lineEnd(slot.end);
    const shared = this.text.slice(line, slot.start);
    if (shared.trim() !== "") {
      // The first one of a map in a list shares its line with the dash, which the next one takes over; what stands between them stays.
      const next = slots[index + 1]!.start;
      return this.text.slice(end, next).includes("\n")
        ? this.without(line + shared.trimEnd().length, this.contentEnd(end))
        : this.without(slot.start, next);
    }
    const isLastOfAll = end === this.text.length && !this.text.endsWith("\n");
    return this.without(isLastOfAll ? line - this.habits.newline.length : line, end);
  }

  private walk(path: Path): { place: Place; rest: Path } {
    let place: Place = { node: this.document.contents as Node, slot: undefined, isInFlow: false };
    for (const [depth, key] of path.entries()) {
      const { node } = place;
      const index = this.indexOf(node, key);
      if (index === -1) return { place, rest: path.slice(depth) };
      const slot = slotsOf(node as Collection)[index]!;
      place = { node: slot.value as Node, slot, isInFlow: place.isInFlow || (node as Collection).flow === true };
    }
    if (isAlias(place.node)) this.refuseAlias(place.node);
    return { place, rest: [] };
  }

  /** Which item of a collection a key means; -1 where it has none of it. */
  private indexOf(node: Node | null, key: string | number): number {
    if (isAlias(node)) this.refuseAlias(node);
    if (isSeq(node)) return typeof key === "number" && key < node.items.length ? key : -1;
    if (!isMap(node)) return -1;
    return node.items.findIndex((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  }

  private replaced({ node, slot, isInFlow }: Place, value: unknown): string {
    const isOneLine = !isFilled(value);
    const before = isScalar(node) ? (node as Scalar) : undefined;
    if (!slot) return this.replacedWhole(node, value);
    const { after = slot.end } = slot;
    const isEmpty = node === null || isEmptyValue(node);
    if (isInFlow || (isCollection(node) && node.flow && isFilled(node.items))) {
      const text = flowText(value, before);
      return isEmpty
        ? this.with(after, after, `${slot.after === undefined ? ":" : ""} ${text}`)
        : this.with(node.range![0], slot.end, text);
    }
    if (isOneLine) {
      const text = isScalar(node) || !isFilled(node) ? scalarText(value, before) : flowText(value);
      return isEmpty || isBlockValue(node) ? this.with(after, slot.end, ` ${text}`) : this.with(node.range![0], slot.end, text);
    }
    return this.replacedByBlock(slot, value);
  }

  private replacedByBlock({ start, end, value: node, after = end }: Slot, value: object): string {
    const { indent, indentsLists, newline } = this.habits;
    const isOfList = this.text[start] === "-" && after === start + 1;
    const column = columnOf(this.text, start) + (isOfList ? 2 : Array.isArray(value) && !indentsLists ? 0 : indent);
    const block = blockText(value, column, this.habits);
    if (isOfList) return this.with(after, end, ` ${block}`);
    const lines = `${newline}${" ".repeat(column)}${block}`;
    if (node && isBlockValue(node)) return this.with(after, end, lines);
    // A comment stays behind the key.
    const lineEnd = this.lineEnd(end);
    const last = this.contentEnd(lineEnd);
    return this.text.slice(0, after) + this.text.slice(end, last) + lines + this.text.slice(last);
  }

  private replacedWhole(node: Node | null, value: unknown): string {
    const text = isFilled(value) ? blockText(value, 0, this.habits) : flowText(value);
    if (node === null || isEmptyValue(node)) return this.withLines(this.text.length, text);
    const slots = isCollection(node) ? slotsOf(node as Collection) : [];
    const isBlock = isBlockValue(node) && slots.length > 0;
    return this.with(isBlock ? slots[0]!.start : node.range![0], isBlock ? slots.at(-1)!.end : node.range![1], text);
  }

  private added(place: Place, key: string | number, value: unknown): string {
    const { node } = place;
    if (isAlias(node)) this.refuseAlias(node);
    const pair = typeof key === "number" ? [value] : { [key]: value };
    const isNone = node === null || (isScalar(node) && node.value === null);
    if (isNone || (isCollection(node) && node.items.length === 0)) return this.replaced(place, pair);
    if (!(typeof key === "number" ? isSeq(node) : isMap(node))) this.refuseKind(node, key);
    this.refuseMerged(node);
    const slots = slotsOf(node as Collection);
    const index = typeof key === "number" ? Math.min(key, slots.length) : slots.length;
    const [previous, next] = [slots[index - 1], slots[index]];
    if ((node as Collection).flow) {
      const text = typeof key === "number" ? flowText(value) : `${flowText(key)}: ${flowText(value)}`;
      if (!previous) return this.with(next!.start, next!.start, `${text}, `);
      // Where each item has a line of its own, so has the new one.
      const [apart] = /\r?\n[ \t]*$/.exec(this.text.slice(0, previous.start)) ?? [" "];
      return this.with(previous.end, previous.end, `,${apart}${text}`);
    }
    const column = columnOf(this.text, slots[0]!.start);
    const lines = " ".repeat(column) + blockText(pair, column, this.habits);
    return this.withLines(previous ? this.lineEnd(previous.end) : this.lineStart(next!.start), lines);
  }

  /** Lines at the beginning of a line, or behind the last. */
  private withLines(offset: number, lines: string): string {
    const { newline } = this.habits;
    const isBehindAll = offset > 0 && this.text[offset - 1] !== "\n";
    return this.with(offset, offset, isBehindAll ? newline + lines : lines + newline);
  }

  private with(start: number, end: number, text: string): string {
    return this.text.slice(0, start) + text + this.text.slice(end);
  }

  private without(start: number, end: number): string {
    return this.with(start, end, "");
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  private lineEnd(offset: number): number {
    if (this.text[offset - 1] === "\n") return offset;
    const next = this.text.indexOf("\n", offset);
    return next === -1 ? this.text.length : next + 1;
  }

  /** Before the line end that an offset may be behind. */
  private contentEnd(offset: number): number {
    return this.text.slice(0, offset).replace(/\r?\n$/, "").length;
  }

  private offsetOf(node: Node | null): number {
    return node?.range?.[0] ?? 0;
  }

  private refuseAlias(node: Node & { source: string }): never {
    throw new RefusedEdit(`*${node.source} stands for what is written elsewhere`, this.offsetOf(node));
  }

  private refuseKind(node: Node, key: string | number): never {
    throw new RefusedEdit(`a ${typeof key === "number" ? "list" : "map"} was expected here`, this.offsetOf(node));
  }

  /** What is not written in a map may come from one that is merged into it. */
  private refuseMerged(node: Node): void {
    const merge = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === "<<") : undefined;
    if (merge) throw new RefusedEdit("<< takes keys from elsewhere", this.offsetOf(merge.key as Node));
  }
}
