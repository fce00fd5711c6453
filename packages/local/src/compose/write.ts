import { isMap } from "@fairlead/model";
import { Document, visit } from "yaml";

import type { ComposeFile, SecretVariable } from "./model";

/** The text of the file. A `$` is `$$` there: Compose replaces what follows one by variables of its own. */
export function composeText(file: ComposeFile, heading: string): string {
  const document = new Document(interpolated(withoutEmpty(file)), { version: "1.1" });
  document.commentBefore = heading
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
  // Readers of YAML 1.1 take `no` for false, and `22:22` for a number: 1.1 quotes them. Long texts stay on lines of their own.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      if (escaped.test(node.value) || indented.test(node.value)) node.type = "QUOTE_DOUBLE";
      else if (node.value.includes("\n")) node.type = "BLOCK_LITERAL";
    },
  });
  return document
    .toString({ lineWidth: 0 })
    .replace(new RegExp(escaped, "g"), (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** To Compose's reader these end a line, or may not be in a file, whatever is around them. The `yaml` package writes them as they are. */
const escaped = /[\u007f-\u009f\u2028\u2029\ufeff]/;

/** Compose's reader takes a tab, or a blank where the first line begins, for a mistake in the indentation. */
const indented = /^\s[^]*\n|\n *\t/;

function interpolated(value: unknown, isEnvironment = false): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map((item) => interpolated(item));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      // Only there: labels or arguments may have the one key `variable`.
      isEnvironment && isMap(item) ? secret(item as Record<string, unknown> & SecretVariable) : interpolated(item, key === "environment"),
    ]),
  );
}

const secret = ({ variable }: SecretVariable) => `\${${variable}?is in no file of secrets}`;

function withoutEmpty(file: ComposeFile): Partial<ComposeFile> {
  return Object.fromEntries(Object.entries(file).filter(([, part]) => typeof part === "string" || Object.keys(part as object).length > 0));
}
