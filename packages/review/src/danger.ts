import type { Severity } from "@fairlead/changes";

/** What must be read before anything else: what somebody notices, or what nobody here can tell. */
export interface Danger {
  severity: Severity;
  /** `replaces database cluster accounts` */
  title: string;
  /** The properties that force it. */
  forcedBy: string[];
  text: string;
  /** URNs of what it happens to. An allowance names them. */
  urns: string[];
}

/** What happens to one resource, before what is the same of several is put together. */
export interface OneDanger {
  severity: Severity;
  /** `replaces database cluster`: the title without the name. */
  verb: string;
  name: string;
  urn: string;
  forcedBy?: string[];
  text: string;
}

/** `deletes subnet prod-public-3, prod-private-3`: what is the same of several is said once. */
export function together(dangers: readonly OneDanger[]): Danger[] {
  const groups = new Map<string, OneDanger[]>();
  for (const danger of dangers) {
    const key = JSON.stringify([danger.severity, danger.verb, danger.forcedBy, danger.text]);
    groups.set(key, [...(groups.get(key) ?? []), danger]);
  }
  return [...groups.values()].map((group) => {
    const { verb, severity, forcedBy = [], text } = group[0]!;
    const names = [...new Set(group.map(({ name }) => name))];
    return { severity, forcedBy, text, title: `${verb} ${names.join(", ")}`, urns: group.map(({ urn }) => urn) };
  });
}
