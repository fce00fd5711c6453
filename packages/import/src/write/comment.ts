import { printable } from "@fairlead/model";

/** A text from elsewhere as it may stand in a comment: on one line, and without what ends the comment. */
export function inComment(text: string): string {
  return printable(text.replaceAll(/\s+/g, " ")).replaceAll("*/", "* /");
}
