import { groupBy, type Severity } from "@fairlead/changes";

import type { DangerKind } from "./dangerKinds";
import { gradeOf, type Grade } from "./grades";

/** What must be read before anything else: what somebody notices, or what nobody here can tell. */
export interface Danger {
  severity: Severity;
  /** What happens; how much it hurts where nothing is said. */
  kind?: DangerKind;
  /** `replaces database cluster accounts` */
  title: string;
  /** The properties that force it. */
  forcedBy: string[];
  text: string;
  /** URNs of what it happens to. An allowance names them. */
  urns: string[];
  /** That AWS refuses it as it is, whoever allows it: its text says what has to come first. */
  isRefused?: true;
}

/** A danger as it is told. */
export interface JudgedDanger extends Danger {
  kind: DangerKind;
  /** The grade that it alone gives. */
  grade: Grade;
}

/** A danger with what follows from it. */
export function judgedDanger(danger: Danger): JudgedDanger {
  return { ...danger, kind: danger.kind ?? danger.severity, grade: gradeOf(danger.severity) };
}

/** What happens to one resource, before what is the same of several is put together. */
export interface OneDanger {
  severity: Severity;
  kind?: DangerKind;
  /** `replaces database cluster`: the title without the name. */
  verb: string;
  name: string;
  urn: string;
  forcedBy?: string[];
  text: string;
  isRefused?: true;
}

/** `deletes subnet prod-public-3, prod-private-3`: what is the same of several is said once. */
export function together(dangers: readonly OneDanger[]): Danger[] {
  const groups = groupBy(dangers, ({ severity, kind, verb, forcedBy, text }) => JSON.stringify([severity, kind, verb, forcedBy, text]));
  return [...groups.values()].map((group) => {
    const { verb, severity, kind, forcedBy = [], text, isRefused } = group[0]!;
    const names = [...new Set(group.map(({ name }) => name))];
    return {
      severity,
      ...(kind && { kind }),
      ...(isRefused && { isRefused }),
      forcedBy,
      text,
      title: `${verb} ${names.join(", ")}`,
      urns: group.map(({ urn }) => urn),
    };
  });
}
