import type { Danger } from "./danger";
import type { DangerKind } from "./dangerKinds";
import { gradeOf } from "./grades";

/** One thing that a change may do although a review would hold it. */
export interface AllowedDanger {
  stack: string;
  kind: DangerKind;
  /** Of what it happens to. */
  urn: string;
  reason: string;
  /** The last day on which it counts: `2026-12-31`. */
  until: string;
}

/** What is allowed, and on which day that is asked. */
export interface Allowances {
  entries: readonly AllowedDanger[];
  /** `YYYY-MM-DD`, in UTC. */
  today: string;
}

/** What of a change is allowed, and what is held. */
export interface Held<D extends Danger = Danger> {
  /** Dangers that stop it, and that nothing allows. */
  held: D[];
  /** Allowances of one. */
  allowed: AllowedDanger[];
  /** Allowances for this stack that allow nothing: it is deployed, or never came. */
  unused: AllowedDanger[];
  /** Allowances of something whose last day is over. */
  expired: AllowedDanger[];
}

/** Holds what stops a change, but for what is allowed: what happens must be, of each thing that it happens to. */
export function holdBack<D extends Danger>(stack: string, dangers: readonly D[], { entries, today }: Allowances): Held<D> {
  const own = entries.filter((entry) => entry.stack === stack);
  const stops = dangers.filter(({ severity }) => gradeOf(severity) === "stop");
  const happens = new Set(stops.flatMap(partsOf));
  const touches = (entry: AllowedDanger) => happens.has(partOf(entry));
  const counts = own.filter(isInForce(today));
  const open = new Set(counts.map(partOf));
  return {
    held: stops.filter(
      (danger) => danger.isRefused === true || danger.urns.length === 0 || !partsOf(danger).every((part) => open.has(part)),
    ),
    allowed: counts.filter(touches),
    unused: own.filter((entry) => !touches(entry)),
    expired: own.filter((entry) => touches(entry) && entry.until < today),
  };
}

const partOf = ({ kind, urn }: Pick<AllowedDanger, "kind" | "urn">) => `${kind} ${urn}`;
const partsOf = ({ kind, severity, urns }: Danger) => urns.map((urn) => partOf({ kind: kind ?? severity, urn }));
const isInForce =
  (today: string) =>
  ({ until }: AllowedDanger) =>
    today <= until;

/** URNs of a stack of which it is allowed that they go, by themselves or by a replacement. */
export function urnsThatMayGo(stack: string, { entries, today }: Allowances): ReadonlySet<string> {
  const goes = ({ kind }: AllowedDanger) => kind === "delete" || kind === "replace";
  return new Set(entries.filter((entry) => entry.stack === stack && goes(entry) && isInForce(today)(entry)).map(({ urn }) => urn));
}
