import type { Code, FileProblem } from "@fairlead/model";
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
} from "yaml";

import { sourceNode, type MapEntry, type Place, type SourceNode } from "./sourceNode";

/** A file that was read. Either of the two is there. */
export interface ParsedSource {
  root?: SourceNode;
  problems: FileProblem[];
}

/** More nodes than any hand has written: a few lines of aliases can stand for more than any memory holds. */
const mostNodes = 100_000;

/**
 * The first document of a YAML file as Go's yaml.v3 reads it, which Copilot and Compose are written with: YAML 1.2, aliases, and merge keys (`<<`). JSON is YAML as well.
 *
 * @param file relative to the folder that is read
 * @param tool the one that the file was written for
 */
export function parseSource(file: string, text: string, code: Code, tool = "Copilot"): ParsedSource {
  const lines = new LineCounter();
  const isText = isUtf8(text);
  const document = parseDocument(isText ? text : "", { lineCounter: lines, ...options });
  const context = { file, lines, code, tool };
  return isText ? read(document, context) : notText(context);
}

/** The documents of a file, one after the other, as Compose reads them. At least one, which may be empty. */
export function parseSources(file: string, text: string, code: Code, tool: string): ParsedSource[] {
  const lines = new LineCounter();
  const context = { file, lines, code, tool };
  if (!isUtf8(text)) return [notText(context)];
  const documents = parseAllDocuments(text, { lineCounter: lines, ...options }) as Document.Parsed[];
  const [first] = documents;
  return first ? documents.map((document) => read(document, context)) : [parseSource(file, text, code, tool)];
}

const options = { prettyErrors: false, version: "1.2", logLevel: "silent", merge: false } as const;

function isUtf8(text: string): boolean {
  return !/[\0\uFFFD]/.test(text);
}

interface ReadContext {
  file: string;
  lines: LineCounter;
  code: Code;
  tool: string;
}

function notText({ file, code }: ReadContext): ParsedSource {
  const fix = "Save it as a text in UTF-8.";
  return { problems: [{ code, file, line: 1, column: 1, problem: "this is not a text in UTF-8", expected: "YAML", fix }] };
}

function read(document: Document.Parsed, { file, lines, code, tool }: ReadContext): ParsedSource {
  const at = (offset = 0): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problem = (place: Place, what: string, expected: string, fix: string): ParsedSource => ({
    problems: [{ code, ...place, problem: what, expected, fix }],
  });
  const [first] = document.errors;
  if (first) {
    const what = first.code === "DUPLICATE_KEY" ? "a key stands twice in one map" : `this is not YAML: ${firstSentence(first.message)}`;
    return problem(at(first.pos[0]), what, `YAML that ${tool} reads`, `Mend it there: ${tool} refuses it as well.`);
  }
  try {
    return { root: new Reader(document, at).node(document.contents, []), problems: [] };
  } catch (error) {
    if (!(error instanceof Unfoldable)) throw error;
    return problem(error.place, error.message, "aliases of anchors that stand before them, and not too many", "Write the values out.");
  }
}

class Unfoldable extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

class Reader {
  private count = 0;
  /** What an anchor stands for is one node, wherever it is taken: whoever claims it there has claimed it here. */
  private readonly anchored = new Map<Node, { node: SourceNode; size: number }>();
  private readonly open = new Set<Node>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly at: (offset?: number) => Place,
  ) {}

  node(node: Node | null, path: (string | number)[], fallback?: Place): SourceNode {
    const place = node?.range ? this.at(node.range[0]) : (fallback ?? this.at());
    const known = node === null ? undefined : this.anchored.get(node);
    const before = this.count;
    // Whoever reads the tree meets what an alias stands for each time.
    this.count += known?.size ?? 1;
    if (this.count > mostNodes) throw new Unfoldable("its aliases stand for too much", place);
    if (node === null)
      return sourceNode({ kind: "scalar", place, path, text: "", isText: false, isNull: true, isLiteral: false, isPlain: true });
    if (isAlias(node)) return this.aliased(node.resolve(this.document), node.source, path, place);
    if (this.open.has(node)) throw new Unfoldable("an alias stands within what it stands for", place);
    if (known) return known.node;
    this.open.add(node);
    const made = this.made(node, path, place);
    this.open.delete(node);
    if ("anchor" in node && node.anchor) this.anchored.set(node, { node: made, size: this.count - before });
    return made;
  }

  private aliased(target: Node | undefined, name: string, path: (string | number)[], place: Place): SourceNode {
    if (!target) throw new Unfoldable(`nothing is anchored as "${name}"`, place);
    return this.node(target, path, place);
  }

  private made(node: Node, path: (string | number)[], place: Place): SourceNode {
    const tag = node.tag?.startsWith("!") ? node.tag : undefined;
    if (isMap(node)) return sourceNode({ kind: "map", place, path, tag, entries: this.entries(node, path) });
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.node(isPair(item) ? null : (item as Node | null), [...path, index], place));
      return sourceNode({ kind: "list", place, path, tag, items });
    }
    if (!isScalar(node)) throw new Unfoldable("this is neither a map, a list nor a value", place);
    const isPlain = node.type === "PLAIN" || node.type === undefined;
    const isNull = node.value === null && isPlain;
    return sourceNode({
      kind: "scalar",
      place,
      path,
      tag,
      text: isNull ? "" : isPlain ? (node.source ?? String(node.value)) : String(node.value),
      isText: typeof node.value === "string",
      isNull,
      isLiteral: node.type === "BLOCK_LITERAL",
      isPlain: isPlain && node.tag === undefined,
    });
  }

  private entries(map: YAMLMap, path: (string | number)[]): Map<string, MapEntry> {
    const own = new Map<string, MapEntry>();
    const merged: SourceNode[] = [];
    for (const { key, value } of map.items) {
      const keyNode = key as Node | null;
      const keyPlace = keyNode?.range ? this.at(keyNode.range[0]) : this.at(map.range?.[0]);
      const name = isScalar(keyNode) ? (keyNode.source ?? String(keyNode.value)) : String(key);
      const child = this.node(value as Node | null, [...path, name], keyPlace);
      if (name === "<<" && isScalar(keyNode) && keyNode.type === "PLAIN") merged.push(...(child.kind === "list" ? child.items : [child]));
      else own.set(name, { keyPlace, value: child });
    }
    // What stands in the map itself counts, then the first of what is merged.
    for (const node of merged) if (node.kind === "map") for (const [name, entry] of node.entries) if (!own.has(name)) own.set(name, entry);
    return own;
  }
}

function firstSentence(message: string): string {
  return message.split("\n")[0]!.replace(/[.:]$/, "");
}
