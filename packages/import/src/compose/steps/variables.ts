import { posix } from "node:path";

import type { Field } from "../../fields/field";
import { childOf, type ScalarNode, type SourceNode } from "../../source/sourceNode";
import { environmentFile, rawEnvironmentFile, type FileVariable } from "../environmentFile";
import { mentionsHost } from "../hostNames";
import { asMap } from "../merge";
import { plainText } from "../plainText";
import type { ServiceTranslation, Variable } from "../serviceTranslation";
import { fieldOf } from "./fieldOf";

/** Reads `environment` and `env_file`: what stands in the file itself counts. What becomes of each is decided once all services are known. */
export function variables(translation: ServiceTranslation, values: ReadonlyMap<string, string>, hosts: readonly string[]): void {
  const found = new Map<string, Variable>();
  const files = translation.root.at("env_file");
  for (const item of files ? (files.isList ? files.items() : [files]) : [])
    for (const each of ofFile(translation, item, values, hosts)) found.set(each.name, each);
  const field = translation.root.at("environment");
  const map = field && asMap(field.node);
  if (field && !map) field.refuse("a map, or a list of NAME=value");
  if (field) tellRepeated(field);
  for (const [name, value] of map ? fieldOf(translation, map, field!.path).entries({ nulls: true }) : []) {
    const { node } = value;
    if (node.kind !== "scalar") {
      value.refuse("a text");
      continue;
    }
    const raw = rawOf(node.origin, name);
    const unknown = translation.context.unknown.get(node.origin) ?? [];
    found.set(name, { name, value: node.isNull ? values.get(name) : textOf(node), unknown, raw, field: value, isFromFile: false });
  }
  translation.variables = [...found.values()];
}

/** A name that stands in a list once more is what its last entry says. */
export function tellRepeated(field: Field): void {
  const nameOf = ({ node }: Field) => (node.kind === "scalar" ? node.text.split("=")[0] : undefined);
  const items = field.items();
  const last = new Map(items.map((item) => [nameOf(item), item]));
  for (const item of items)
    if (last.get(nameOf(item)) !== item)
      item.claim({ outcome: "ignored", to: undefined, text: "the name stands there once more, and its last entry counts." });
}

/** What Compose makes of a value: one without quotes may be a number or a date, unless it was filled in. */
export function textOf(node: ScalarNode): string {
  const isFilledIn = node.origin.kind !== "scalar" || node.origin.text !== node.text;
  return node.isPlain && !isFilledIn ? plainText(node.text) : node.text;
}

/** What was written before variables were filled in. */
function rawOf(origin: SourceNode, name: string): string | undefined {
  if (origin.kind !== "scalar") return undefined;
  return origin.path.at(-1) === name ? origin.text : origin.text.slice(name.length + 1);
}

function ofFile(translation: ServiceTranslation, field: Field, values: ReadonlyMap<string, string>, hosts: readonly string[]): Variable[] {
  const named = field.isMap ? childOf(field.node, "path") : field.node;
  const path = named?.kind === "scalar" && !named.isNull ? named.text : undefined;
  if (path === undefined) {
    field.refuse("the path of a file, or a map with path");
    return [];
  }
  const optional = childOf(field.node, "required");
  const file = translation.inSource(path, field.node);
  const text = translation.context.files.read(file);
  if (text === undefined) {
    const isOptional = optional?.kind === "scalar" && optional.text === "false";
    const example = isOptional ? undefined : exampleOf(translation, file);
    if (example) {
      field.claim({
        outcome: "changed",
        to: "uses, secrets",
        text: `the file is not committed, and ${example.path} names its variables: each that nothing here brings is a value to put into Parameter Store. One that the file alone has is to be added under environment or secrets.`,
      });
      return [...example.variables].map(([name, { value }]): Variable => {
        // Of the values only those that name services are the project's own.
        const isAddress = value !== undefined && mentionsHost(value, hosts);
        return { name, value: isAddress ? value : undefined, unknown: [], field, isFromFile: true, isOfExample: true };
      });
    }
    field.claim(
      isOptional
        ? { outcome: "ignored", to: undefined, text: "The file is not here, and Compose goes on without it." }
        : {
            outcome: "decide",
            to: "environment, secrets",
            text: "The file is not here, so it is not committed: write its variables under environment, and its secrets under secrets.",
          },
    );
    return [];
  }
  const format = childOf(field.node, "format");
  const isRaw = format?.kind === "scalar" && format.text === "raw";
  const inFile = isRaw ? rawEnvironmentFile(text, values) : environmentFile(text, values);
  field.claim({ now: `${inFile.size} variables` });
  return [...inFile].map(([name, variable]): Variable => ({ name, ...variable, field, isFromFile: true }));
}

/** An example that lies beside a file that isn't committed, with its variables. Values of such files are nobody's. */
function exampleOf(
  { context: { files } }: ServiceTranslation,
  file: string,
): { path: string; variables: Map<string, FileVariable> } | undefined {
  const folder = posix.dirname(file);
  const base = posix.basename(file);
  const candidates = [
    `${base}.example`,
    `${base}.sample`,
    `${base}.template`,
    `${base}.dist`,
    ".env.example",
    ".env.sample",
    "env.example",
    "example.env",
    "sample.env",
  ];
  const path = candidates.map((name) => posix.join(folder, name)).find((each) => files.paths.includes(each));
  const variables = path === undefined ? new Map<string, FileVariable>() : environmentFile(files.read(path) ?? "");
  return path === undefined || variables.size === 0 ? undefined : { path, variables };
}
