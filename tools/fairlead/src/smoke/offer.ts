import { counted } from "../counted";
import type { SmokeStep } from "./model";
import type { Prepared } from "./preparation";
import { refusal } from "./refusal";

/** Hours in a month, as the price file counts them. */
const hoursPerMonth = 730;

/** What the run may cost: the stack's price for as long as the steps are thought to take. */
export function priceOf({ monthly }: Prepared, steps: readonly SmokeStep[]): { hours: number; cost: number } {
  const hours = Math.ceil(steps.reduce((sum, { minutes }) => sum + minutes, 0) / 60);
  return { hours, cost: (monthly / hoursPerMonth) * hours };
}

/** All that there is to know before anything is created. */
export function offerText(prepared: Prepared, steps: readonly SmokeStep[]): string {
  const { stack, id, project, plan, accountId, region, emulator, commit, isDirty, services, monthly, unknownPrices } = prepared;
  const { hours, cost } = priceOf(prepared, steps);
  const least = unknownPrices > 0 ? "at least " : "";
  const created = plan.resources.filter(({ custom }) => custom).length;
  return [
    `A day on AWS with the stack ${stack} of ${project.name}: it is created, changed, and destroyed.`,
    "",
    `  account    ${accountId}${emulator ? `, of an emulator at ${emulator}` : ""}`,
    `  region     ${region}`,
    `  commit     ${commit}${isDirty ? " (what is not committed is not in it)" : ""}`,
    `  services   ${services.all.join(", ") || "none"}`,
    `  creates    ${counted(created, "resource")}, all that take tags with fairlead:smoke=${id}`,
    `  price      ${least}$${monthly.toFixed(2)} a month; for the ${counted(hours, "hour")} that it may take ${least}$${cost.toFixed(2)}` +
      (unknownPrices > 0 ? ` (${counted(unknownPrices, "part")} unknown)` : ""),
    "",
    `Your files are left as they are: it works in a temporary clone. After a failure, after Ctrl-C and at the end it offers to destroy all that it made.`,
    "",
  ].join("\n");
}

/**
 * Whether what was typed is the account or the stack; of a stack whose findings are mandatory, the stack alone.
 *
 * @throws UserError where it is neither
 */
export function checkConfirmation({ stack, accountId, isMandatory }: Prepared, typed: string): void {
  if (typed.trim() === stack || (!isMandatory && typed.trim() === accountId)) return;
  const expected = isMandatory
    ? `the stack's name, ${stack}, because its policies are mandatory`
    : `the account or the stack's name, ${stack}`;
  throw refusal("FL2603", `That is not ${expected}.`, "Look at what stands above, run it again, and type that.");
}
