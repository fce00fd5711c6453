import { UserError } from "@fairlead/model";

/** A field of AWS's expressions, in their order. */
interface Field {
  name: string;
  least: number;
  most: number;
  /** From the least on. */
  names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: "minutes", least: 0, most: 59 },
  { name: "hours", least: 0, most: 23 },
  { name: "day-of-month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
  { name: "day-of-week", least: 1, most: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
  { name: "year", least: 1970, most: 2199 },
];

/**
 * The six fields of `cron(…)` as Croner's seven-part patterns with Quartz's weekdays have them. They mean the same but for steps from a number on
 * (`0/15`), ranges over an end (`20-2`, `FRI-MON`), and `L` alone as a day of the week.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 * @throws UserError where AWS would not take them
 */
export function cronPattern(text: string): string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length)
    throw new UserError(`cron(${text}): expected six fields, ${fields.map(({ name }) => name).join(", ")}.`);
  const [, , dayOfMonth, , dayOfWeek] = parts;
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    throw new UserError(`cron(${text}): expected ? in exactly one of day-of-month and day-of-week, which say the day together.`);
  return ["0", ...fields.map((field, index) => translated(field, parts[index]!, text))].join(" ");
}

function translated(field: Field, part: string, text: string): string {
  const refuse = (): never => {
    throw new UserError(`cron(${text}): ${part} is none of the values of ${field.name}, ${field.least} to ${field.most}.`);
  };
  return part
    .split(",")
    .flatMap((item) => itemOf(field, numbered(field, item)) ?? refuse())
    .join(",");
}

const numbered = ({ names = [], least }: Field, item: string) =>
  item.toUpperCase().replace(/[A-Z]{3}/g, (name) => (names.includes(name) ? String(names.indexOf(name) + least) : name));

/** @returns undefined where it is none */
function itemOf({ name, least, most }: Field, item: string): string[] | undefined {
  const isIn = (value: string) => Number(value) >= least && Number(value) <= most;
  if (item === "*" || (item === "?" && name.startsWith("day"))) return [item];
  if (name === "day-of-month" && (item === "L" || item === "LW")) return [item];
  // The last day of the week.
  if (name === "day-of-week" && item === "L") return [String(most)];
  const [, special] = (name === "day-of-month" ? /^(\d+)W$/ : name === "day-of-week" ? /^(\d+)(?:L|#[1-5])$/ : /^$/).exec(item) ?? [];
  if (special !== undefined) return isIn(special) ? [item] : undefined;
  const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/([1-9]\d*))?$/.exec(item) ?? [];
  if (from === undefined || (from === "*" && to !== undefined)) return undefined;
  const suffix = step === undefined ? "" : `/${step}`;
  if (from === "*") return [`*${suffix}`];
  if (!isIn(from) || (to !== undefined && !isIn(to))) return undefined;
  if (to === undefined) return [step === undefined ? from : `${from}-${most}${suffix}`];
  if (Number(from) <= Number(to)) return [`${from}-${to}${suffix}`];
  return overTheEnd(Number(from), Number(to), Number(step ?? 1), { least, most });
}

/** `20-2` is 20 to the last, and the first to 2. */
function overTheEnd(from: number, to: number, step: number, { least, most }: Pick<Field, "least" | "most">): string[] {
  const count = most - least + 1;
  const length = to + count - from;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => String(((from - least + index * step) % count) + least));
}
