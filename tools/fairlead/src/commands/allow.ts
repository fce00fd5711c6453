import { relative } from "node:path";
import { groupBy } from "@fairlead/changes";
import { allowedChangesFile, UserError } from "@fairlead/model";
import { isDay, today } from "@fairlead/model/files";
import { dangerNamed } from "@fairlead/report";
import { allowedKinds, lastDay, mostDaysAhead } from "@fairlead/review";
import type { Command } from "commander";

import { folderOf } from "../allowances/allowances";
import { lastHeld, type HeldThing } from "../allowances/lastHeld";
import { decisionOn, writeDecision } from "../allowances/writeDecision";

const collect = (value: string, before: string[]) => [...before, value];

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("allow")
    .description(
      `Allow what \`fairlead diff\` holds: writes one decision into stacks/${allowedChangesFile}, to be reviewed with the change. It allows what is named and nothing ` +
        "else that could happen to the same resource. Changes this file alone.",
    )
    .argument(
      "[dangers...]",
      "what is allowed, as diff prints it: <kind>=<urn>, in single quotes; of what the last diff held <urn> is enough (default: all that it held)",
    )
    .requiredOption("--reason <text>", "why it may: for whoever reviews it, and whoever reads it later")
    .requiredOption("--until <day>", `the last day on which it counts, such as 2026-12-31: at most ${mostDaysAhead} days ahead, in UTC`)
    .option("-s, --stack <stack>", "of what the last diff held only this stack's; repeatable", collect, [])
    .action(allow);
}

/** Options of `fairlead allow`. */
interface AllowOptions {
  reason: string;
  until: string;
  stack: string[];
}

function allow(given: string[], { reason, until, stack: stacks }: AllowOptions): void {
  if (reason.trim() === "") throw new UserError("--reason is empty. Say why it may: a number of a ticket alone is enough.");
  checkDay(until);
  const things = given.length > 0 ? given.flatMap((text) => named(text, stacks)) : held(stacks);
  for (const [stack, own] of groupBy(things, (thing) => thing.stack)) {
    const file = writeDecision(folderOf(stack), decisionOn(stack, own, { reason, until }));
    const what = own.map(({ kind, urn }) => `  ${kind} ${urn}\n`).join("");
    process.stdout.write(`${relative(process.cwd(), file)}: allowed in ${stack} until ${until}:\n${what}`);
  }
  process.stdout.write("Commit it with the change. Once that is deployed, take it out again.\n");
}

function checkDay(until: string): void {
  const [first, last] = [today(), lastDay(today())];
  if (!isDay(until)) throw new UserError(`--until is "${until}": expected a day, such as ${last}.`);
  if (until < first) throw new UserError(`--until is ${until}, which is over: expected ${first} to ${last}.`);
  if (until > last)
    throw new UserError(`--until is ${until}: expected ${last} or before, ${mostDaysAhead} days ahead. What waits longer is decided anew.`);
}

/** All that the last comparison held. */
function held(stacks: readonly string[]): HeldThing[] {
  const last = lastHeld();
  if (last === undefined)
    throw new UserError("No diff was made here that held something. Run `npx fairlead diff`, or give what it printed.");
  const things = last.filter(({ stack }) => stacks.length === 0 || stacks.includes(stack));
  if (things.length > 0) return things;
  const of = stacks.length > 0 ? ` of ${stacks.join(", ")}` : "";
  throw new UserError(`The last diff held nothing${of}. Run \`npx fairlead diff\` again, or give what it printed.`);
}

function named(text: string, stacks: readonly string[]): HeldThing[] {
  const { kind, urn } = dangerNamed(text);
  const [, stack] = /^urn:pulumi:([^:]+)::/.exec(urn) ?? [];
  if (stack === undefined) {
    throw new UserError(
      `"${text}" is no danger: expected <kind>=<urn>, or a <urn> that the last diff held. Kinds: ${allowedKinds.join(", ")}.`,
    );
  }
  if (stacks.length > 0 && !stacks.includes(stack)) throw new UserError(`${urn} is of ${stack}, and --stack names ${stacks.join(", ")}.`);
  if (kind !== undefined) return [{ stack, kind, urn }];
  const known = (lastHeld() ?? []).filter((thing) => thing.urn === urn);
  if (known.length > 0) return known;
  throw new UserError(
    `The last diff held nothing of ${urn}. Put it in single quotes, since a shell takes $ for a variable's name elsewhere; or say what may happen to it: '<kind>=${urn}', of ${allowedKinds.join(", ")}.`,
  );
}
