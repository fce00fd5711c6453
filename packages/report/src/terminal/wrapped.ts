/** Columns of the terminal; Infinity where nobody watches: who reads a line by a program reads it whole. */
export function terminalColumns(): number {
  return process.stdout.isTTY === true ? process.stdout.columns : Infinity;
}

/** What stands in front of a text, and the text, which goes on below itself where the columns end. Colours count for nothing. */
export function wrapped(head: string, text: string, columns: number): string {
  const indent = widthOf(head);
  // In a column of a few letters nothing can be read.
  if (columns - indent < narrowest) return `${head}${text}`;
  const lines = [""];
  for (const part of text.split(/(?<= )(?=[^ ])/)) {
    const line = lines.at(-1)!;
    if (line !== "" && indent + widthOf(line + part.trimEnd()) > columns) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return head + lines.map((line) => line.trimEnd()).join(`\n${" ".repeat(indent)}`);
}

const narrowest = 20;

function widthOf(text: string): number {
  return text.replace(/\x1b\[\d+m/g, "").length;
}
