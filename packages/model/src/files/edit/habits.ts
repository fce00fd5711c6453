import { isCollection, isMap, isSeq, visit, type Document, type Node, type Pair } from "yaml";

import { slotsOf, type Collection } from "./slots";

/** How a file is written, which what is added to it follows. */
export interface Habits {
  /** End of a line. */
  newline: "\n" | "\r\n";
  /** Columns that a map is indented by. */
  indent: number;
  /** Whether the dashes of a list stand to the right of its key. */
  indentsLists: boolean;
}

/** The habits of a text; where it shows none, those of most. */
export function habitsOf(text: string, document: Document): Habits {
  let indent: number | undefined;
  let indentsLists: boolean | undefined;
  visit(document, {
    Pair: (_, pair) => {
      const { key, value } = pair as Pair<Node, Node | null>;
      if (!isCollection(value) || value.flow || !key.range) return;
      const deeper = columnOf(text, slotsOf(value as Collection)[0]!.start) - columnOf(text, key.range[0]);
      if (isSeq(value)) indentsLists ??= deeper > 0;
      else if (isMap(value) && deeper > 0) indent ??= deeper;
    },
  });
  return { newline: /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n", indent: indent ?? 2, indentsLists: indentsLists ?? true };
}

/** Characters before an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}
