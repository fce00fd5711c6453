import { listed } from "../phrases";

/** Text that GitHub shows as it is: no markup, no mentions, no references to issues. */
export function plain(text: string): string {
  return text
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]!)
    .replace(/[\\`*_{}[\]|~!]/g, (sign) => `\\${sign}`)
    .replace(/[@#]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\s+/g, " ");
}

/** Text as code. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text.replace(/\s+/g, " ")}${pad}${fence}`;
}

/** A block of text as it is. */
export function block(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table. Cells are Markdown. */
export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

/** What opens when it is clicked, or closes. */
export function folded(summary: string, body: string, isOpen = false): string {
  return `<details${isOpen ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** `dev, staging and prod` */
export function names(stacks: readonly { stack: string }[]): string {
  return listed(stacks.map(({ stack }) => plain(stack)));
}
