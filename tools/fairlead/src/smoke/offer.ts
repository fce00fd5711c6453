import { coded, UserError } from "@fairlead/model";

import type { SmokeStep } from "./model";
import type { Prepared } from "./preparation";
import { masked } from "./redaction";

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
    `  creates    ${created} resources, all that take tags with fairlead:smoke=${id}`,
    `  price      ${least}$${monthly.toFixed(2)} a month; for the ${hours} hours that it may take ${least}$${cost.toFixed(2)}` +
      (unknownPrices > 0 ? ` (${unknownPrices} parts unknown)` : ""),
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
  throw new UserError(coded("FL2603", `That is not ${expected}. Nothing was created.`));
}

/**
 * Whether a run that nobody is asked about is for this account.
 *
 * @throws UserError where it is not
 */
export function checkUnasked({ stack, accountId, isMandatory }: Prepared, account: string | undefined): void {
  const refuse = (text: string) => new UserError(coded("FL2603", `${text} Nothing was created.`));
  if (isMandatory) throw refuse(`The policies of ${stack} are mandatory: somebody has to type its name, and --yes types nothing.`);
  if (account === undefined) throw refuse("--yes needs --account <id>: the account that you mean.");
  if (account !== accountId)
    throw refuse(`The stack's credentials belong to the account ${masked(accountId)}, and --account names another one.`);
}
