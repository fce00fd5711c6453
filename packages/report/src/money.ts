import type { CostChange } from "./costs";

// Also bundled for the page: nothing of Node in here.

/** `$12.30` */
export function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

/** `$12.30`; `at least $12.30` where a part is unknown, and `not known` where no part is known. */
export function totalText({ after, unknown }: Pick<CostChange, "after" | "unknown">): string {
  if (unknown === 0) return dollars(after);
  return after === 0 ? notKnown : `at least ${dollars(after)}`;
}

/**
 * `+$12.30`, `±$0`; `at least +$12.30` where what is unknown can only add to it, and `not known` where it may be more or less than what is known of it.
 */
export function deltaText({ before, after, added, gone, unpriced }: CostChange): string {
  if (unpriced.length > 0) return notKnown;
  const delta = after - before;
  const known = Math.abs(delta) < 0.005 ? noDelta : `${sign(delta)}${dollars(Math.abs(delta))}`;
  if (added === 0 && gone === 0) return known;
  if (known === noDelta) return notKnown;
  return (delta > 0 ? gone : added) === 0 ? `at least ${known}` : `${notKnown} (${known} of what is known)`;
}

/** Whether a month costs the same after the change as before it, as far as that can be known. */
export function costsTheSame(cost: CostChange): boolean {
  return Math.abs(cost.after - cost.before) < 0.005 && cost.added === 0 && cost.gone === 0;
}

/** `+$7.80 a month to at least $523.78, 41 parts unknown (+3)` */
export function costText(cost: CostChange): string {
  const [delta, total] = [deltaText(cost), totalText(cost)];
  const change = delta.startsWith(notKnown) ? `cost a month: change ${delta}` : `${delta} a month`;
  return `${change}${total === notKnown ? `, total ${notKnown}` : `${delta.startsWith(notKnown) ? "," : " to"} ${total}`}${unknownText(cost)}`;
}

/** `, 23 parts unknown (+3)`, or why they all are. */
function unknownText({ unknown, moreUnknown, unpriced }: CostChange): string {
  const why = unpriced.length > 0 ? `: no prices of ${unpriced.join(" and ")}` : "";
  if (unknown === 0 && moreUnknown === 0) return why;
  return `, ${unknownParts(unknown)}${moreUnknown === 0 ? "" : ` (${signed(moreUnknown)})`}${why}`;
}

/** `1 part unknown`, `23 parts unknown` */
export function unknownParts(unknown: number): string {
  return `${unknown} ${unknown === 1 ? "part" : "parts"} unknown`;
}

/** What {@link deltaText} says where nothing changes. */
const noDelta = "±$0";

/** What stands for a sum that nobody can know. */
export const notKnown = "not known";

/** `+3`, `−2` */
export function signed(value: number): string {
  return `${sign(value)}${Math.abs(value)}`;
}

function sign(value: number): string {
  return value > 0 ? "+" : "−";
}
