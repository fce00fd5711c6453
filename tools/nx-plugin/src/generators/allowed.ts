import type { Property } from "./generators";
import { Refusal } from "./refusal";

/** That a value is none for an option, and what would be; undefined where it is one. */
export function notAllowed(name: string, property: Property | undefined, value: string): string | undefined {
  if (!property || isAllowed(property, value)) return undefined;
  const { $default, description } = property;
  return `${$default ? `<${name}>` : `--${name}`} "${value}" is not allowed. ${description}`;
}

/**
 * The text of an option that may be digits alone. nx takes those for a number, so that the schema has to allow one, and looks at no pattern then.
 *
 * @throws Refusal for what is not allowed
 */
export function digitsAsText(name: string, property: Property, value: string | number): string {
  const refused = notAllowed(name, property, String(value));
  if (refused !== undefined) throw new Refusal(`${refused} Nothing was written.`);
  return String(value);
}

function isAllowed({ type, pattern, minimum = -Infinity, maximum = Infinity, maxLength = Infinity }: Property, value: string): boolean {
  if (type === "number") return /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
  return value.length <= maxLength && (pattern === undefined || new RegExp(pattern).test(value));
}
