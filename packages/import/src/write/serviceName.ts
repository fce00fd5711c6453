import { manifestNames } from "@fairlead/model";

/** A name that is not taken: with a number where it is, within what names have room for. */
export function untakenName(plain: string, isTaken: (name: string) => boolean): string {
  const { max } = manifestNames.service;
  for (let number = 1; ; number++) {
    const end = number === 1 ? "" : `-${number}`;
    const name = `${plain.slice(0, max - end.length).replace(/-+$/, "")}${end}`;
    if (!isTaken(name)) return name;
  }
}

/** A name of Copilot's as a service may have it here: no hyphens in a row or at the end, at least two characters, at most 40. */
export function serviceName(name: string): string {
  const { pattern, max } = manifestNames.service;
  const joined = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, max)
    .replace(/-+$/, "");
  return pattern.test(joined) ? joined : `svc-${joined}`.replace(/-+$/, "").padEnd(3, "1");
}
