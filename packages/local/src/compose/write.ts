import { isMap } from "@fairlead/model";
import { Document, visit, type Tags } from "yaml";

import type { ComposeFile, ComposeService, SecretVariable } from "./model";

/** The text of the file. A `$` is `$$` there: Compose replaces what follows one by variables of its own. */
export function composeText(file: ComposeFile, heading: string): string {
  const document = new Document(withoutEmpty(interpolatedFile(file)), { version: "1.1", customTags: withoutMerge });
  document.commentBefore = heading
    .split("\n")
    .map((line) => ` ${line}`)
    .join("\n");
  // Readers of YAML 1.1 take `no` for false, and `22:22` for a number: 1.1 quotes them. Long texts stay on lines of their own.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      if ([escaped, indented, taken].some((pattern) => pattern.test(node.value as string))) node.type = "QUOTE_DOUBLE";
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

/** What Compose's reader, which is between 1.1 and 1.2, takes for a number or for a mapping to merge, and the `yaml` package doesn't. */
const taken = /^[-+]?0[xob]|^<<$/i;

/** A label may be called `<<`: nothing here is merged. */
const withoutMerge = (tags: Tags): Tags => tags.filter((tag) => tag !== "merge" && (typeof tag === "string" || tag.tag !== mergeTag));
const mergeTag = "tag:yaml.org,2002:merge";

const interpolatedFile = (file: ComposeFile): ComposeFile => ({
  ...interpolated(file),
  services: Object.fromEntries(
    Object.entries(file.services).map(([name, service]) => [
      name,
      { ...interpolated(service), ...(service.environment && { environment: variables(service.environment) }) },
    ]),
  ),
});

const variables = (environment: NonNullable<ComposeService["environment"]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, typeof value === "string" ? interpolated(value) : secret(value)]),
  );

function interpolated<T>(value: T): T;
function interpolated(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map((item: unknown) => interpolated(item));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item)]));
}

const secret = ({ variable }: SecretVariable) => `\${${variable}?is in no file of secrets}`;

function withoutEmpty(file: ComposeFile): Partial<ComposeFile> {
  return Object.fromEntries(Object.entries(file).filter(([, part]) => typeof part === "string" || Object.keys(part as object).length > 0));
}
