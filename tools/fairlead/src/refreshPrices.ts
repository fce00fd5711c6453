import { askPrices, writePrices } from "@fairlead/cost/refresh";
import { UserError } from "@fairlead/model";

import { Progress } from "./progress";

/** Asks AWS's price list for each price of a region, says what differs, and writes the file. */
export async function refreshPrices(region: string): Promise<void> {
  const progress = new Progress();
  try {
    let asked = 0;
    const answers = await askPrices(region, ({ key }) => progress.say(`${++asked} asked: ${key}`));
    progress.end();
    const found = answers.filter(({ after }) => after !== undefined);
    if (found.length === 0) throw new UserError(`AWS's price list has none of these prices for ${region}. Nothing was written.`);
    for (const { key, before, after, problem } of answers) {
      if (problem) process.stderr.write(`! ${key} stays ${before ?? "unknown"}: ${problem}.\n`);
      else if (before !== after) process.stderr.write(`~ ${key}: ${before ?? "unknown"} → ${after}\n`);
    }
    writePrices(region, answers, new Date().toISOString().slice(0, 10));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`AWS's price list can't be asked: ${(error as Error).message}. Nothing was written.`);
  } finally {
    progress.end();
  }
}
