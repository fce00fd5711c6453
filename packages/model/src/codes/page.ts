import { areas } from "./areas";
import type { Explanation } from "./explanation";

const heading = `# Codes

What the codes in messages mean. \`npx fairlead explain FL1009\` prints what stands here of one, \`npx fairlead explain\` lists them all. Codes are
stable: a number never gets another meaning. \`npm run generate\` writes this page from the table in \`packages/model/src/codes\`.`;

/** The page of every code (docs/codes.md). */
export function codesPage(): string {
  const parts = areas.map(({ title, text, codes }) => {
    const entries = Object.entries<Explanation>(codes).sort(([a], [b]) => (a < b ? -1 : 1));
    return [`## ${title}`, text, ...entries.map(([code, explanation]) => entry(code, explanation))];
  });
  return `${[heading, ...parts.flat()].join("\n\n")}\n`;
}

function entry(code: string, { title, meaning, consequence, fix, example }: Explanation): string {
  return [
    `### ${code}: ${title}`,
    [meaning, ...(consequence ? [consequence] : [])].join(" "),
    `Fix: ${fix}`,
    ...(example ? [`\`\`\`\n${example}\n\`\`\``] : []),
  ].join("\n\n");
}
