import { checkWritable } from "../writeFile";
import { refusal } from "./refusal";

/** Options of `fairlead smoke`. */
export interface SmokeOptions {
  yes?: boolean;
  account?: string;
  keep?: boolean;
  report?: string;
  json?: boolean;
  showAccount?: boolean;
}

/**
 * Whether a run can begin by its options alone.
 *
 * @param canAsk whether somebody can be asked
 * @throws UserError where it can't
 */
export function checkOptions({ yes, account, report }: SmokeOptions, canAsk: boolean): void {
  const refuse = (text: string) => refusal("FL2603", text, "Where nobody is to be asked: --yes --account <id>. Otherwise neither.");
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw refuse(`--account is ${JSON.stringify(account)}, and an account has 12 digits.`);
  if (account !== undefined && !yes) throw refuse("--account goes with --yes: without that you are asked.");
  if (yes && account === undefined) throw refuse("--yes needs --account <id>: the account that you mean.");
  if (!yes && !canAsk) throw refuse("This is no terminal to ask on.");
  checkWritable(report ?? reportFile("run"));
}

/** The file that a report goes to unless told. */
export const reportFile = (id: string) => `fairlead-smoke-${id}.md`;
