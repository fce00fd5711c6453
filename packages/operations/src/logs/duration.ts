import { UserError } from "@fairlead/model";

const seconds: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/**
 * When something began: `10m`, `2h30m`, `1d` ago, or a date and time in ISO 8601, which is of UTC, as all that is printed, where it names no zone.
 *
 * @param option named where it is neither
 * @returns milliseconds since 1970
 * @throws UserError
 */
export function since(option: string, text: string, now = Date.now()): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(min|[smhd])/g)];
  if (parts.length > 0 && parts.map(([part]) => part).join("") === text) {
    return Math.round(now - parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * seconds[unit!]! * 1000, 0));
  }
  const date = dateOf(text);
  if (Number.isNaN(date))
    throw new UserError(`${option} ${text}: expected how long ago, as 30s, 10m, 2h or 1d, or a time as 2026-06-01T12:00:00Z.`);
  return date;
}

/** Milliseconds since 1970; NaN of what is no date, or of a day that its month doesn't have. */
function dateOf(text: string): number {
  const [, day, time = "T00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? [];
  if (day === undefined) return NaN;
  const midnight = new Date(`${day}T00:00Z`);
  if (Number.isNaN(Number(midnight)) || midnight.toISOString().slice(0, 10) !== day) return NaN;
  return Date.parse(`${day}${time.replace(" ", "T")}${zone}`.toUpperCase());
}
