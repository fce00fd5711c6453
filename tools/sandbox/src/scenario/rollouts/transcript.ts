import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../paths";

const page = join(root, "docs/operate.md");
const begin = "<!-- incident: written by `npm run sandbox -- incidents` -->";
const end = "<!-- end of incident -->";

/** What somebody typed and read, in the order in which it was done. */
export class Transcript {
  private readonly parts: string[] = [];

  /** @param text what was done beside the commands, in a sentence */
  note(text: string): void {
    this.parts.push(`${text}\n`);
  }

  /** @param output what the command printed */
  command(command: string, output: string): void {
    const printed = output.replace(/[ \t]+$/gm, "").trim();
    this.parts.push(`\`\`\`console\n$ ${command}\n${printed}\n\`\`\`\n`);
  }

  /**
   * Writes it into docs/operate.md where what was done, or what kind of answer there was, is not what stands there: times and identifiers differ from run to
   * run.
   *
   * @returns whether it stood there already
   */
  write(): boolean {
    const text = readFileSync(page, "utf8");
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    const own = `\n\n${this.parts.join("\n")}\n`;
    if (shapeOf(text.slice(from + begin.length, to)) === shapeOf(own)) return true;
    writeFileSync(page, `${text.slice(0, from + begin.length)}${own}${text.slice(to)}`);
    return false;
  }
}

/** The commands, the sentences between them, the causes that are named and what would be changed. */
function shapeOf(text: string): string {
  const lines = text.split("\n").filter((line) => /^\$ |^[A-Z]|\[[a-z-]+\]$|^[+-](?![+-])/.test(line));
  return lines.map((line) => line.replaceAll(/[0-9a-f]{7,}|\d+/g, "0").replaceAll(/\s+/g, " ")).join("\n");
}
