import { UsageError } from "@fairlead/model";
import { colors } from "@fairlead/report";
import type { Command } from "commander";
import { distance } from "fastest-levenshtein";

import { builds, jobs } from "../explain/builds";
import type { Explanation, Explanations } from "../explain/explanation";
import { images } from "../explain/images";
import { manifests } from "../explain/manifests";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("explain")
    .description("Say what an error code means, and what to do. Without a code, list all.")
    .argument("[code]", "such as FL1009")
    .option("--json", "print it as JSON")
    .action(explain);
}

/** Everything that has a code. */
export const explanations: Explanations = { ...manifests, ...builds, ...images, ...jobs };

/** Prints what a code means, or all codes. */
function explain(code: string | undefined, { json }: { json?: boolean }): void {
  if (code === undefined) {
    const lines = Object.entries(explanations).map(([known, { title }]) => `${colors.bold(known)}  ${title}`);
    process.stdout.write(json ? `${JSON.stringify(explanations)}\n` : `${lines.join("\n")}\n`);
    return;
  }
  const known = code.toUpperCase();
  const explanation = explanations[known];
  if (!explanation) {
    const nearest = Object.keys(explanations).sort((a, b) => distance(a, known) - distance(b, known))[0]!;
    throw new UsageError(`There is no code ${code}. Did you mean ${nearest}? \`fairlead explain\` lists all.`);
  }
  process.stdout.write(json ? `${JSON.stringify({ code: known, ...explanation })}\n` : render(known, explanation));
}

function render(code: string, { title, meaning, fix, example }: Explanation): string {
  const indented = example?.replace(/^/gm, "  ");
  return `${[colors.bold(`${code}  ${title}`), "", meaning, "", `fix: ${fix}`, ...(indented ? ["", indented] : [])].join("\n")}\n`;
}
