import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Alias, type Document } from "yaml";

import type { Code } from "../codes/table";
import type { FileProblem } from "./fileProblem";

type Path = readonly (string | number)[];

/** The codes of what can be wrong with YAML whatever it says. */
export interface YamlCodes<C extends Code> {
  syntax: C;
  duplicateKey: C;
}

/** The text of a file in YAML, its value, and where in the text each part of the value stands. JSON is YAML as well. */
export class YamlSource<C extends Code = Code> {
  readonly problems: FileProblem<C>[];
  readonly value: unknown;
  private readonly document: Document.Parsed;
  private readonly lines = new LineCounter();

  /** @param filled the value with what is put in its place before anybody reads it. As it stands by default */
  constructor(
    readonly file: string,
    text: string,
    private readonly codes: YamlCodes<C>,
    filled: (value: unknown) => unknown = (value) => value,
  ) {
    // As UTF-8, bytes that are none are read as U+FFFD. Of a program, or of a text in UTF-16, YAML's slips say nothing.
    const isText = !/[\0\uFFFD]/.test(text);
    this.document = parseDocument(isText ? text : "", { lineCounter: this.lines, prettyErrors: false, version: "1.2", logLevel: "error" });
    const duplicates = this.document.errors.filter(({ code }) => code === "DUPLICATE_KEY");
    // One slip of the syntax makes the parser stumble on: only where it first did says anything.
    const stumbled = this.document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
    this.problems = (stumbled ? [stumbled] : duplicates).map((error) => {
      const duplicate = error.code === "DUPLICATE_KEY";
      return {
        code: duplicate ? codes.duplicateKey : codes.syntax,
        file,
        ...this.position(error.pos[0]),
        problem: duplicate ? "a key stands twice in one map" : `this is not YAML: ${firstSentence(error.message)}`,
        expected: duplicate ? "each key once" : "YAML 1.2",
        fix: duplicate
          ? "Remove one of the two."
          : "Mend the syntax here or on the line above: indentation by spaces, `key: value`, closed quotes.",
      };
    });
    if (!isText) this.problems.push(notText(file, codes.syntax));
    this.value = this.problems.length === 0 ? filled(this.unfolded()) : undefined;
  }

  /** The value, with what aliases stand for. A few lines of them can stand for more than any memory holds. */
  private unfolded(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch (error) {
      let alias: Alias | undefined;
      visit(this.document, {
        Alias: (_, node) => {
          alias ??= node.resolve(this.document) === undefined ? node : undefined;
        },
      });
      const missing = alias
        ? { problem: `nothing is anchored as "${alias.source}"`, fix: `Write "&${alias.source}" where the value stands, before this.` }
        : undefined;
      const problem = missing?.problem ?? `its aliases can't be unfolded: ${firstSentence((error as Error).message)}`;
      const fix = missing?.fix ?? "Write the values out.";
      this.problems.push({
        code: this.codes.syntax,
        file: this.file,
        ...this.position(alias?.range?.[0] ?? 0),
        problem,
        expected: "aliases of anchors that stand before them, and not too many",
        fix,
      });
      return undefined;
    }
  }

  /** Position of the value at a path; of the nearest part above it that exists. */
  locate(path: Path): { line: number; column: number } {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.document.contents : this.document.getIn(path.slice(0, length), true);
      if (!isNode(node) || !node.range) continue;
      // A map or a list begins below its key, which is what one looks for.
      if (isCollection(node) && !node.flow && typeof path[length - 1] === "string") return this.locateKey(path.slice(0, length));
      return this.position(node.range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** Position of a key rather than of its value. */
  locateKey(path: Path): { line: number; column: number } {
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
      if (pair && isNode(pair.key) && pair.key.range) return this.position(pair.key.range[0]);
    }
    return this.locate(path.slice(0, -1));
  }

  /** The comment behind a value, without its #. */
  commentAt(path: Path): string | undefined {
    const node = this.document.getIn(path, true);
    return isNode(node) ? (node.comment ?? undefined) : undefined;
  }

  has(path: Path): boolean {
    return this.document.hasIn(path);
  }

  private position(offset: number): { line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function notText<C extends Code>(file: string, code: C): FileProblem<C> {
  return {
    code,
    file,
    line: 1,
    column: 1,
    problem: "this is not a text in UTF-8",
    expected: "YAML 1.2",
    fix: "Save it as a text in UTF-8, or take back the one that was there.",
  };
}

function firstSentence(message: string): string {
  return message.split("\n")[0]!.replace(/[.:]$/, "");
}
