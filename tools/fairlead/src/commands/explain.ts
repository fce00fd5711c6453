import { closest, UserError, type Code } from "@fairlead/model";
import { codes, codesPage, type Explanation } from "@fairlead/model/codes";
import { colors } from "@fairlead/report/colors";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("explain")
    .description("Say what an error code means, and what to do. Without a code, list all.")
    .argument("[code]", "such as FL1009")
    .option("--json", "print it as JSON")
    .option("--markdown", "print the page of every code instead (docs/codes.md)")
    .action(explain);
}

/** Prints what a code means, or all codes. */
function explain(code: string | undefined, { json, markdown }: { json?: boolean; markdown?: boolean }): void {
  process.stdout.write(markdown ? codesPage() : code === undefined ? all(json) : one(code, json));
}

function all(json: boolean | undefined): string {
  if (json) return `${JSON.stringify(codes)}\n`;
  return Object.entries(codes)
    .map(([code, { title }]) => `${colors.bold(code)}  ${title}\n`)
    .join("");
}

function one(asked: string, json: boolean | undefined): string {
  const code = asked.toUpperCase() as Code;
  const explanation = codes[code] as Explanation | undefined;
  if (!explanation) {
    const meant = closest(code, Object.keys(codes));
    throw new UserError(`There is no code ${asked}.${meant ? ` Did you mean ${meant}?` : ""} \`fairlead explain\` lists all.`);
  }
  if (json) return `${JSON.stringify({ code, ...explanation })}\n`;
  const { title, meaning, consequence, fix, example } = explanation;
  const indented = example?.replace(/^/gm, "  ");
  const lines = [
    colors.bold(`${code}  ${title}`),
    "",
    meaning,
    "",
    ...(consequence ? [`consequence: ${consequence}`] : []),
    `fix: ${fix}`,
    ...(indented ? ["", indented] : []),
  ];
  return `${lines.join("\n")}\n`;
}
