/** `$12.30` */
export function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

/** `$12.30`; `at least $12.30` where a part is unknown, and `unknown` where no part is known. */
export function totalText({ after, unknown }: { after: number; unknown: number }): string {
  if (unknown === 0) return dollars(after);
  return after === 0 ? "unknown" : `at least ${dollars(after)}`;
}

/** `+$12.30, +2 unknown`; `±$0` where nothing changes. */
export function deltaText({ before, after, moreUnknown }: { before: number; after: number; moreUnknown: number }): string {
  const delta = after - before;
  const known = Math.abs(delta) < 0.005 ? noDelta : `${sign(delta)}${dollars(Math.abs(delta))}`;
  return moreUnknown === 0 ? known : `${known}, ${signed(moreUnknown)} unknown`;
}

/** What {@link deltaText} says where nothing changes. */
export const noDelta = "±$0";

/** `+3`, `−2` */
export function signed(value: number): string {
  return `${sign(value)}${Math.abs(value)}`;
}

function sign(value: number): string {
  return value > 0 ? "+" : "−";
}
