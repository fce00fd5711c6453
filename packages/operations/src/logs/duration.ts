import { UserError } from "@fairlead/model";

const seconds: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/**
 * When something began: `10m`, `2h30m`, `1d` ago, or a date and time in ISO 8601.
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
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(date))
    throw new UserError(`${option} ${text}: expected how long ago, as 30s, 10m, 2h or 1d, or a time as 2026-06-01T12:00:00Z.`);
  return date;
}
