/** Columns of the terminal, and 80 where it doesn't say; Infinity where nobody watches: who reads a line by a program reads it whole. */
export function terminalColumns(): number {
  return process.stdout.isTTY === true ? process.stdout.columns || usualColumns : Infinity;
}

const usualColumns = 80;

/** What stands in front of a text, and the text, which goes on below itself where the columns end. Colours count for nothing. */
export function wrapped(head: string, text: string, columns: number): string {
  const indent = widthOf(head);
  // In a column of a few letters nothing can be read.
  if (columns - indent < narrowest) return `${head}${text}`;
  const lines = [""];
  for (const part of text.split(wordStarts)) {
    const line = lines.at(-1)!;
    if (line !== "" && indent + widthOf(line + part.trimEnd()) > columns) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return head + lines.map((line) => line.trimEnd()).join(`\n${" ".repeat(indent)}`);
}

/** Lines of a text that is laid out already: prose goes on below itself, and a quoted line of a file stays whole, with the mark below it. */
export function wrappedLines(text: string, columns: number, indent = ""): string {
  return text
    .split("\n")
    .map((line) => {
      if (/^ *\d* \| /.test(line)) return `${indent}${line}`;
      const [, own, rest] = /^( *)(.*)$/.exec(line)!;
      // What goes on stands a little farther in than its beginning.
      const [first, ...others] = wrapped(`${indent}${own}  `, rest!, columns).split("\n");
      return [`${indent}${own}${first!.slice(indent.length + own!.length + 2)}`, ...others].join("\n");
    })
    .join("\n");
}

const narrowest = 20;

/** Not within `<api repositoryUrl>`, which stands for one value. */
const wordStarts = /(?<= )(?=[^ ])(?![^<> ]*>)/;

function widthOf(text: string): number {
  return text.replace(/\x1b\[\d+m/g, "").length;
}
