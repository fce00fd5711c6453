import { sourceNode, type ScalarNode, type SourceNode } from "../source/sourceNode";

/** What Copilot puts into a manifest before it reads it. */
export interface Interpolation {
  application: string;
  /** None for what is said of all environments: their name is then {@link environmentMark}. */
  environment?: string;
  /** Is told of a variable of the deployer's own environment, whose value nobody here knows. */
  onUnknown: (node: ScalarNode, variable: string) => void;
}

/** Stands in what is said of all environments where each has its own name. No text has it. */
export const environmentMark = "\uE000";

const variable = /(?<escape>\\?)\$\{(?<name>[_a-zA-Z][_a-zA-Z0-9]*)\}/g;

/**
 * A manifest with its `${VARIABLES}` filled in. A text that is then a list of texts in JSON is that list; `\${X}` is `${X}`.
 *
 * @see https://aws.github.io/copilot-cli/docs/developing/manifest-env-var/
 */
export function interpolated(node: SourceNode, how: Interpolation): SourceNode {
  if (node.kind === "map") {
    const entries = [...node.entries].map(([key, entry]) => [key, { ...entry, value: interpolated(entry.value, how) }] as const);
    return entries.every(([key, { value }]) => value === node.entries.get(key)!.value) ? node : { ...node, entries: new Map(entries) };
  }
  if (node.kind === "list") {
    const items = node.items.map((item) => interpolated(item, how));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (!node.isText) return node;
  const text = node.text.replace(variable, (whole, escape: string, name: string) => {
    if (escape) return whole.slice(1);
    if (name === "COPILOT_APPLICATION_NAME") return how.application;
    if (name === "COPILOT_ENVIRONMENT_NAME") return how.environment ?? environmentMark;
    how.onUnknown(node, name);
    return whole;
  });
  const list = node.isLiteral ? undefined : textsIn(text);
  if (list) return asList(node, list);
  return text === node.text ? node : { ...node, text };
}

function asList({ place, path, origin }: ScalarNode, texts: string[]): SourceNode {
  // One text gave all of them: it is claimed with any.
  const items = texts.map((text) =>
    sourceNode({ kind: "scalar", place, path, text, isText: true, isNull: false, isLiteral: false, isPlain: false, origin }),
  );
  return sourceNode({ kind: "list", place, path, items, origin });
}

function textsIn(text: string): string[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
