import { closest, type FileProblem } from "@fairlead/model";

import type { Field } from "../fields/field";
import { sourceName } from "../findings/sourceName";
import { leadsOn, namesAt, rowAt } from "./mapping";
import type { ServiceTranslation } from "./serviceTranslation";
import { fieldOf } from "./steps/fieldOf";

/**
 * Says of the keys that no step spoke of what their row says. What has no row is a problem, and so is what has one that needs a translation: nothing is left out
 * in silence.
 */
export function settle(translation: ServiceTranslation, lenient: boolean): FileProblem[] {
  return settled(translation, translation.root, lenient);
}

function settled(translation: ServiceTranslation, field: Field, lenient: boolean): FileProblem[] {
  const { claims } = translation;
  if (claims.unclaimed(field.node).length === 0) return [];
  const { node, path } = field;
  const row = rowAt(path);
  const isEmpty = node.kind === "scalar" ? node.isNull : node.kind === "map" ? node.entries.size === 0 : node.items.length === 0;
  if (path.length > 0 && isEmpty && (row ?? leadsOn(path))) {
    field.claim({ outcome: "ignored", to: undefined, text: "it is empty, which Compose takes for not there." });
    return [];
  }
  if (row && row.outcome !== "exact" && (row.whole || node.kind === "scalar" || !leadsOn(path))) {
    field.claim();
    return [];
  }
  const children =
    node.kind === "map"
      ? [...node.entries].map(([key, { value }]) => fieldOf(translation, value, [...path, key]))
      : node.kind === "list"
        ? node.items.map((item, index) => fieldOf(translation, item, [...path, index]))
        : [];
  if (path.length === 0 || (leadsOn(path) && children.length > 0)) return children.flatMap((child) => settled(translation, child, lenient));
  return unknown(translation, field, row !== undefined || leadsOn(path), lenient);
}

function unknown(translation: ServiceTranslation, field: Field, isKnown: boolean, lenient: boolean): FileProblem[] {
  const { node, path } = field;
  const source = sourceName(node.origin.path);
  const key = String(path.at(-1));
  const known = namesAt(path.slice(0, -1));
  if (key.startsWith("x-")) {
    field.claim({
      outcome: "ignored",
      to: undefined,
      text: "Compose reads no such key; what anchors take from it is told where it stands.",
    });
    return [];
  }
  if (lenient) {
    const meant = isKnown ? undefined : closest(key, known);
    const text = isKnown
      ? "It stands in a form that the importer has no translation for: say it in service.yaml where the service needs it."
      : `The Compose Specification knows no such key.${meant ? ` Was ${meant} meant?` : ""}`;
    field.claim({ outcome: isKnown ? "decide" : "ignored", to: undefined, text });
    return [];
  }
  const meant = closest(key, known);
  field.cover();
  return [
    {
      code: isKnown ? "FL2903" : "FL2902",
      ...node.origin.place,
      problem: isKnown ? `${source} was not taken over, and nothing was said of it` : `nobody knows the key ${source}`,
      expected: isKnown
        ? "a form that the Compose Specification has"
        : `a key of the Compose Specification${meant ? `, such as ${meant}` : ""}`,
      fix: "Remove it if it means nothing. --lenient imports the rest, with this key in the report.",
    },
  ];
}
