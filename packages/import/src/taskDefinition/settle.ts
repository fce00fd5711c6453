import { closest, type FileProblem } from "@fairlead/model";

import { Field } from "../fields/field";
import { sourceName } from "../findings/sourceName";
import { leadsOn, namesAt, rowAt } from "./mapping";
import type { TaskDefinitionTranslation } from "./translation";

/**
 * Says of the keys that no step spoke of what their row says. What has no row is a problem, and so is what has one that needs a translation: nothing is left out
 * in silence.
 */
export function settle(translation: TaskDefinitionTranslation, lenient: boolean): FileProblem[] {
  return settled(translation, translation.root, lenient);
}

function settled(translation: TaskDefinitionTranslation, field: Field, lenient: boolean): FileProblem[] {
  const { node, path } = field;
  if (translation.claims.unclaimed(node).length === 0) return [];
  const row = rowAt(path);
  const isKnown = row !== undefined || leadsOn(path);
  const isEmpty =
    node.kind === "scalar" ? node.isNull || node.text === "" : node.kind === "map" ? node.entries.size === 0 : node.items.length === 0;
  if (path.length > 0 && isKnown && isEmpty) return ignored(field, "it is empty, which ECS takes for not there.");
  if (row && row.outcome !== "exact" && (row.whole || node.kind === "scalar" || !leadsOn(path))) {
    // `describe-task-definition` has every switch, most of them off.
    if (node.kind === "scalar" && (node.text === "false" || node.text === "0")) return ignored(field, "it is as by default.");
    field.claim();
    return [];
  }
  const children =
    node.kind === "map"
      ? [...node.entries].map(([key, { value }]) => new Field(value, [...path, key], translation))
      : node.kind === "list"
        ? node.items.map((item, index) => new Field(item, [...path, index], translation))
        : [];
  if (path.length === 0 || (leadsOn(path) && children.length > 0)) return children.flatMap((child) => settled(translation, child, lenient));
  return unknown(field, isKnown, lenient);
}

function ignored(field: Field, text: string): FileProblem[] {
  field.claim({ outcome: "ignored", to: undefined, text });
  return [];
}

function unknown(field: Field, isKnown: boolean, lenient: boolean): FileProblem[] {
  const { node, path } = field;
  const source = sourceName(node.origin.path);
  const known = namesAt(path.slice(0, -1));
  const meant = isKnown ? undefined : closest(String(path.at(-1)), known);
  if (lenient) {
    const text = isKnown
      ? "It stands in a form that the importer has no translation for: say it in service.yaml where the service needs it."
      : `ECS knows no such key.${meant ? ` Was ${meant} meant?` : ""}`;
    field.claim({ outcome: isKnown ? "decide" : "ignored", to: undefined, text });
    return [];
  }
  field.cover();
  return [
    {
      code: isKnown ? "FL2903" : "FL2902",
      ...node.origin.place,
      problem: isKnown ? `${source} was not taken over, and nothing was said of it` : `nobody knows the key ${source}`,
      expected: isKnown ? "a form that RegisterTaskDefinition has" : `a key of RegisterTaskDefinition${meant ? `, such as ${meant}` : ""}`,
      fix: "Remove it if it means nothing. --lenient imports the rest, with this key in the report.",
    },
  ];
}
