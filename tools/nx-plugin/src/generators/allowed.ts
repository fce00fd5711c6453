import type { Property } from "./generators";

/** That a value is none for an option, and what would be; undefined where it is one. */
export function notAllowed(name: string, property: Property | undefined, value: string): string | undefined {
  if (!property || isAllowed(property, value)) return undefined;
  const { $default, description } = property;
  return `${$default ? `<${name}>` : `--${name}`} "${value}" is not allowed. ${description}`;
}

function isAllowed({ type, pattern, minimum = -Infinity, maximum = Infinity, maxLength = Infinity }: Property, value: string): boolean {
  if (type === "number") return /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
  return value.length <= maxLength && (pattern === undefined || new RegExp(pattern).test(value));
}
