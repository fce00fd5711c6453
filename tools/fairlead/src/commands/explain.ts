import { closest, UserError, type Code } from "@fairlead/model";
import { codes, codesPage, type Explanation } from "@fairlead/model/codes";
import { pageOf, reasons, rules, type Rule } from "@fairlead/policy";
import { colors } from "@fairlead/report/colors";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("explain")
    .description("Say what an error code, or a control of the policies, means, and what to do. Without one, list all.")
    .argument("[code]", "such as FL1009, ELB.1 or FL.ECS.1")
    .option("--json", "print it as JSON")
    .option("--markdown", "print the page of every code instead (docs/codes.md)")
    .action(explain);
}

/** Prints what a code or a control means, or all of them. */
function explain(asked: string | undefined, { json, markdown }: { json?: boolean; markdown?: boolean }): void {
  process.stdout.write(markdown ? codesPage() : asked === undefined ? all(json) : one(asked, json));
}

function all(json: boolean | undefined): string {
  const controls = Object.fromEntries(rules.map((rule) => [rule.control, toldOf(rule)]));
  if (json) return `${JSON.stringify({ ...codes, ...controls })}\n`;
  return Object.entries({ ...codes, ...controls })
    .map(([code, { title }]) => `${heading(code, title)}\n`)
    .join("");
}

function one(asked: string, json: boolean | undefined): string {
  const name = asked.toUpperCase();
  const rule = rules.find(({ control }) => control.toUpperCase() === name);
  if (rule) return json ? `${JSON.stringify({ control: rule.control, ...toldOf(rule) })}\n` : ofControl(rule);
  const explanation = codes[name as Code] as Explanation | undefined;
  if (!explanation) {
    const meant = closest(name, [...Object.keys(codes), ...rules.map(({ control }) => control)]);
    throw new UserError(`There is no code or control ${asked}.${meant ? ` Did you mean ${meant}?` : ""} \`fairlead explain\` lists all.`);
  }
  return json ? `${JSON.stringify({ code: name, ...explanation })}\n` : ofCode(name, explanation);
}

const heading = (code: string, title: string) => `${colors.bold(code)}  ${title}`;

function ofCode(code: string, { title, meaning, consequence, fix, example }: Explanation): string {
  const indented = example?.replace(/^/gm, "  ");
  const lines = [
    heading(code, title),
    "",
    meaning,
    "",
    ...(consequence ? [`consequence: ${consequence}`] : []),
    `fix: ${fix}`,
    ...(indented ? ["", indented] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function ofControl({ control, title, asks, fix }: Rule): string {
  const page = pageOf(control);
  const whose = page ? `A control of AWS Security Hub: ${page}` : "A control of Fairlead's own.";
  const why = reasons[control];
  return `${[heading(control, title), "", `Asked ${asks}.`, whose, "", ...(why ? [`why: ${why}`] : []), `fix: ${fix}`].join("\n")}\n`;
}

function toldOf({ control, title, asks, fix }: Rule) {
  return { title, asks, why: reasons[control], fix, page: pageOf(control) };
}
