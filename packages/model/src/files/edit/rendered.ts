import { Scalar, stringify, type ToStringOptions } from "yaml";

import { isFilled } from "./kinds";
import type { Habits } from "./habits";

// Others read our files as YAML 1.1, where `yes` and `0777` are no texts.
const options: ToStringOptions & { compat: "yaml-1.1" } = { lineWidth: 0, blockQuote: false, compat: "yaml-1.1" };

/** A single value, in the quotes that it has had, where it needs none others. */
export function scalarText(value: unknown, before?: Scalar): string {
  const scalar = new Scalar(value);
  const isQuoted = before?.type === "QUOTE_SINGLE" || before?.type === "QUOTE_DOUBLE";
  if (isQuoted && typeof value === "string") scalar.type = before.type as Scalar.Type;
  return stringify(scalar, options).trimEnd();
}

/** A value in one line, as it may stand in braces or brackets. */
export function flowText(value: unknown, before?: Scalar): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item)).join(", ")}]`;
  if (isFilled(value))
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${flowText(key)}: ${flowText(item)}`)
      .join(", ")} }`;
  if (typeof value === "object" && value !== null) return "{}";
  const text = scalarText(value, before);
  // What stands plain in a line of its own may end an item of braces or brackets.
  return typeof value === "string" && !/^["']/.test(text) && /[,[\]{}]/.test(text) ? JSON.stringify(value) : text;
}

/** A map or list in lines of its own, the first without what it is indented by. */
export function blockText(value: object, column: number, { newline, indent, indentsLists }: Habits): string {
  const lines = stringify(value, { ...options, indent, indentSeq: indentsLists, flowCollectionPadding: false })
    .trimEnd()
    .split("\n");
  return lines.join(`${newline}${" ".repeat(column)}`);
}
