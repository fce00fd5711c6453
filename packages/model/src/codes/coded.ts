import type { Code } from "./table";

/** The text of an error with its code in front: `FL2006 this clone is too shallow …`. `fairlead explain FL2006` says the rest. */
export function coded(code: Code, text: string): string {
  return `${code} ${text}`;
}
