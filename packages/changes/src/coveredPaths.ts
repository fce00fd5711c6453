import { isMap } from "@fairlead/model";

import { namesIn } from "./valueDifference";

/**
 * Whether a property path of an option, as the engine writes them (`rules[0].expiration`, `tags["a.b"]`, `*`), covers a difference. Items that have names are
 * told by them.
 *
 * @param inputs in which places are looked up
 */
export function covered(path: readonly string[], properties: readonly string[], inputs: Record<string, unknown>): boolean {
  return properties.some((property) => {
    const words = wordsOf(property);
    let value: unknown = inputs;
    return words.every((word, index) => {
      const names = namesIn(value);
      const own = names && /^\d+$/.test(word) ? names[Number(word)] : word;
      value = Array.isArray(value) ? (value as unknown[])[Number(word)] : isMap(value) ? value[word] : undefined;
      return path[index] !== undefined && (word === "*" || path[index] === own);
    });
  });
}

/** The words of a property path. */
export function wordsOf(property: string): string[] {
  return [...property.matchAll(/\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[([^\]]*)\]|([^.[\]]+)/g)].map(
    ([, quoted, place, word]) => quoted?.replace(/\\(.)/g, "$1") ?? place ?? word!,
  );
}
