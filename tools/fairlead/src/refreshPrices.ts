import { askPrices, writePrices } from "@fairlead/cost/refresh";
import { UserError } from "@fairlead/model";

import { Progress } from "./progress";

/**
 * Asks AWS's price list for each price, says what differs, and writes the file.
 *
 * @param region the only one to ask about; all by default
 */
export async function refreshPrices(region?: string): Promise<void> {
  const progress = new Progress();
  try {
    let asked = 0;
    const answers = await askPrices(region, (key) => progress.say(`${++asked} asked: ${key}`));
    progress.end();
    const found = answers.filter(({ after }) => after !== undefined);
    if (found.length === 0)
      throw new UserError(`AWS's price list has none of these prices for ${region ?? "any region"}.${apart(region)} Nothing was written.`);
    for (const { key, region: where, before, after, problem } of answers) {
      if (problem) process.stderr.write(`! ${where} ${key} stays ${before ?? "unknown"}: ${problem}.\n`);
      else if (before !== after) process.stderr.write(`~ ${where} ${key}: ${before ?? "unknown"} → ${after}\n`);
    }
    writePrices(answers, new Date().toISOString().slice(0, 10));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`AWS's price list can't be asked: ${(error as Error).message}. Nothing was written.`);
  } finally {
    progress.end();
  }
}

function apart(region: string | undefined): string {
  return region?.startsWith("cn-") ? " China's regions have a list of their own, in CNY." : "";
}
