import type { MapEntry, SourceNode } from "../source/sourceNode";

/** What a text's variables came to. */
export interface Filled {
  text: string;
  /** Variables without a value and without a default: Compose asks the shell of whoever runs it. */
  unknown: string[];
}

const name = /^[_a-zA-Z][_a-zA-Z0-9]*/;
const operator = /^(?::-|-|:\?|\?|:\+|\+)/;
/** More than one in another nobody reads. */
const deepest = 20;

/**
 * A text with its variables filled in: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?message}`, `${X:+instead}`, `$$`, and variables in defaults.
 * Undefined for what Compose refuses.
 *
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function filled(text: string, values: ReadonlyMap<string, string>, depth = 0): Filled | undefined {
  if (depth > deepest) return undefined;
  let result = "";
  const unknown: string[] = [];
  for (let index = 0; index < text.length;) {
    if (text[index] !== "$") {
      result += text[index++];
      continue;
    }
    const rest = text.slice(index + 1);
    const plain = name.exec(rest)?.[0];
    if (rest.startsWith("$")) {
      result += "$";
      index += 2;
    } else if (plain !== undefined) {
      const value = values.get(plain);
      if (value === undefined) unknown.push(plain);
      result += value ?? "";
      index += 1 + plain.length;
    } else if (rest.startsWith("{")) {
      const end = closing(text, index + 1);
      const inner = end === undefined ? undefined : braced(text.slice(index + 2, end), values, depth);
      if (!inner) return undefined;
      result += inner.text;
      unknown.push(...inner.unknown);
      index = end! + 1;
    } else return undefined;
  }
  return { text: result, unknown };
}

function braced(inner: string, values: ReadonlyMap<string, string>, depth: number): Filled | undefined {
  const variable = name.exec(inner)?.[0];
  if (variable === undefined) return undefined;
  const rest = inner.slice(variable.length);
  const value = values.get(variable);
  if (rest === "") return { text: value ?? "", unknown: value === undefined ? [variable] : [] };
  const how = operator.exec(rest)?.[0];
  if (how === undefined) return undefined;
  const isSet = value !== undefined && (!how.startsWith(":") || value !== "");
  const given = rest.slice(how.length);
  if (how.endsWith("+")) return isSet ? filled(given, values, depth + 1) : { text: "", unknown: [] };
  if (isSet) return { text: value, unknown: [] };
  return how.endsWith("?") ? { text: "", unknown: [variable] } : filled(given, values, depth + 1);
}

/** Where the brace closes that stands at an index. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    if (text[index] === "{" && (index === from || text[index - 1] === "$")) depth++;
    if (text[index] === "}" && --depth === 0) return index;
  }
  return undefined;
}

/** What filling a file in needs to say. */
export interface Interpolation {
  values: ReadonlyMap<string, string>;
  /** Told of each text with variables that nobody here knows, by what it is a copy of. */
  onUnknown: (origin: SourceNode, variables: readonly string[]) => void;
  onRefused: (node: SourceNode) => void;
}

/** A file with its variables filled in. Keys are not: Compose fills values alone. */
export function interpolated(node: SourceNode, how: Interpolation): SourceNode {
  if (node.kind === "map") {
    const entries = new Map<string, MapEntry>();
    let isSame = true;
    for (const [key, entry] of node.entries) {
      const value = interpolated(entry.value, how);
      isSame &&= value === entry.value;
      entries.set(key, { ...entry, value });
    }
    return isSame ? node : { ...node, entries };
  }
  if (node.kind === "list") {
    const items = node.items.map((item) => interpolated(item, how));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (!node.text.includes("$")) return node;
  const result = filled(node.text, how.values);
  if (!result) {
    how.onRefused(node);
    return node;
  }
  if (result.unknown.length > 0) how.onUnknown(node.origin, result.unknown);
  return { ...node, text: result.text };
}
