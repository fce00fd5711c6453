import type { Finding, Outcome } from "../findings/finding";
import type { SourceNode } from "../source/sourceNode";
import { durationSeconds } from "./duration";
import type { FieldContext, MappedKey } from "./fieldContext";

/** What a claim says beside, or instead of, what the key's row does. */
export type Claimed = Partial<Pick<Finding, "outcome" | "to" | "was" | "now" | "text" | "isDevelopment">>;

/** One part of a manifest that is being translated: reads it as its tool would, and says what became of it. */
export class Field {
  constructor(
    readonly node: SourceNode,
    /** Keys that lead to it in the merged manifest. */
    readonly path: readonly (string | number)[],
    private readonly translation: FieldContext,
  ) {}

  /** The part at a key; undefined where there is none, or it is empty, which is the same. */
  at(...keys: string[]): Field | undefined {
    const [first, ...others] = keys;
    return first === undefined ? this : this.child(first)?.at(...others);
  }

  private child(key: string): Field | undefined {
    const value = this.node.kind === "map" ? this.node.entries.get(key)?.value : undefined;
    const path = [...this.path, key];
    // What the tool doesn't read there has no effect here either; it is told of as a key that nobody claimed.
    if (!value || !(this.translation.rowAt(path) ?? this.translation.leadsOn(path))) return undefined;
    const field = new Field(value, path, this.translation);
    if (value.kind !== "scalar" || !value.isNull) return field;
    field.claim({ outcome: "ignored", to: undefined, text: `it is empty, which ${this.translation.tool} takes for not there.` });
    return undefined;
  }

  /** Every key of a map with its part; also empty ones where `nulls`. */
  entries({ nulls = false } = {}): [string, Field][] {
    if (this.node.kind !== "map") return [];
    return [...this.node.entries].flatMap(([key, { value }]): [string, Field][] => {
      const field = nulls ? new Field(value, [...this.path, key], this.translation) : this.child(key);
      return field ? [[key, field]] : [];
    });
  }

  /** The items of a list. */
  items(): Field[] {
    return this.node.kind === "list" ? this.node.items.map((item, index) => new Field(item, [...this.path, index], this.translation)) : [];
  }

  get isMap(): boolean {
    return this.node.kind === "map";
  }

  get isList(): boolean {
    return this.node.kind === "list";
  }

  /** A single value, as it is written. */
  text(): string | undefined {
    if (this.node.kind === "scalar") return this.node.text;
    this.refuse("a text");
    return undefined;
  }

  number(): number | undefined {
    const text = this.node.kind === "scalar" ? this.node.text.replaceAll("_", "") : "";
    // As Go reads it: what begins with 0 is octal.
    if (/^[-+]?0[0-7]+$/.test(text)) return parseInt(text, 8);
    if (/^[-+]?\d+$/.test(text) || /^0[xob][\da-f]+$/i.test(text) || /^\d+\.0+$/.test(text)) return Number(text);
    this.refuse("a whole number");
    return undefined;
  }

  boolean(): boolean | undefined {
    // A field that is a boolean in Go takes YAML 1.1's words as well.
    const text = this.node.kind === "scalar" ? this.node.text.toLowerCase() : "";
    if (["true", "yes", "on", "y"].includes(text)) return true;
    if (["false", "no", "off", "n"].includes(text)) return false;
    this.refuse("true or false");
    return undefined;
  }

  seconds(): number | undefined {
    const seconds = this.node.kind === "scalar" ? durationSeconds(this.node.text) : undefined;
    if (seconds === undefined) this.refuse("a duration with its unit, such as 15s or 5m");
    return seconds;
  }

  texts(): string[] | undefined {
    if (this.node.kind === "list" && this.node.items.every(({ kind }) => kind === "scalar"))
      return this.node.items.map((item) => (item.kind === "scalar" ? item.text : ""));
    if (this.node.kind === "scalar") return [this.node.text];
    this.refuse("a text, or a list of texts");
    return undefined;
  }

  /** Whether it is one of two forms that YAML writes without a map, such as `true`. */
  isBoolean(): boolean {
    return this.node.kind === "scalar" && /^(?:true|false|yes|no|on|off|y|n)$/i.test(this.node.text);
  }

  /** Says what became of it, and of all that is in it: by default what its row in the mapping says. */
  claim(claimed: Claimed = {}): void {
    const row = this.translation.rowAt(this.path);
    if (!row && claimed.outcome === undefined) throw new Error(`no row of the mapping has ${this.path.join(".")}`);
    const outcome: Outcome = claimed.outcome ?? row!.outcome;
    const to = "to" in claimed ? claimed.to : row && this.named(row);
    const text = claimed.text ?? (row?.outcome === outcome ? row.text : undefined);
    const isDevelopment = claimed.isDevelopment ?? (row?.outcome === outcome ? row.isDevelopment : undefined);
    this.translation.claim(this, { outcome, to, text, was: claimed.was, now: claimed.now, ...(isDevelopment ? { isDevelopment } : {}) });
  }

  /** The key that a row leads to, with the names that stand for its `*`. */
  private named({ path, to }: MappedKey): string | undefined {
    const names = path
      .replaceAll("[]", ".[]")
      .split(".")
      .flatMap((part, index) => (part === "*" ? String(this.path[index]) : []));
    return to?.replaceAll(/\*/g, () => names.shift() ?? "*");
  }

  /** That another part's claim speaks of it as well. */
  cover(): void {
    this.translation.claims.cover(this.node);
  }

  /** That the tool refuses the value, so that nothing was ever deployed with it. */
  refuse(expected: string): void {
    this.translation.refuse(this, expected);
    this.cover();
  }
}
