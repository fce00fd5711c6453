/** As much of a digest as tells the images of a repository apart: `sha256:0a1b2c3d4e5f`. */
export function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}

/** A commit as git shortens it, to seven digits. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** The first few of a list, and how many there are besides: `a, b, c and 4 more`. */
export function firstFew(all: readonly string[], most: number): string {
  return `${all.slice(0, most).join(", ")}${all.length > most ? ` and ${all.length - most} more` : ""}`;
}

/** A text as far as there is room, with what is left out as `…`. It ends between characters: half of one can't be encoded. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}

/**
 * A text without what steers a terminal, or can't be encoded: control characters, those that turn the direction of writing, and halves of characters are
 * written out, as `\\x1b`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    return character === "\t" ? character : code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}

/**
 * A text of others as one line of output, which neither steers a terminal nor is a command to what runs a workflow: GitHub takes a line that begins
 * with `::`, or has `##[`, for one.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/^(\s*):(?=:)/, "$1\\x3a")
    .replace(/##(?=\[|vso\[)/g, "#\\x23");
}

/** Characters of a line; a hostile image can have words of megabytes. */
const longestLine = 2000;

/** A line of a finding: {@link printableLine}, as far as there is room. */
export function reportedLine(text: string): string {
  return printableLine(shortened(text, longestLine));
}

/** A value as JSON that steers neither a terminal nor what runs a workflow; whoever parses it gets the value as it was. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/##(?=\[|vso\[)/g, "#\\u0023");
}
