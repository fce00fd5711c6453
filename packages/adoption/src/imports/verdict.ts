import { urnParts } from "./urnParts";

/** A step of `pulumi preview --json`. */
interface PreviewStep {
  op: string;
  urn: string;
  detailedDiff?: Record<string, { kind: string }> | null;
  diffReasons?: string[] | null;
  replaceReasons?: string[] | null;
}

/** A resource that would change, and by which of its properties. */
export interface ChangedResource {
  urn: string;
  type: string;
  name: string;
  properties: string[];
}

/** What an `up` would do once the resources are in the state. */
export interface Verdict {
  /** Resources that would be replaced, and the properties that force it. */
  replaced: ChangedResource[];
  /** Resources that would be deleted. */
  deleted: ChangedResource[];
  /** Resources that would change where they are. */
  changed: ChangedResource[];
  /** How many would be made. */
  created: number;
  /** How many stay as they are. */
  unchanged: number;
}

/**
 * Judges what Pulumi's engine says. Whatever touches what is there counts: a replacement of something else as well.
 *
 * @param preview what `pulumi preview --json` printed
 */
export function verdictOf(preview: string): Verdict {
  const { steps = [], changeSummary = {} } = JSON.parse(preview) as { steps?: PreviewStep[]; changeSummary?: Record<string, number> };
  const verdict: Verdict = { replaced: [], deleted: [], changed: [], created: 0, unchanged: changeSummary.same ?? 0 };
  const seen = new Set<string>();
  for (const step of steps) {
    const kind = kindOf(step.op);
    if (kind === "created") verdict.created++;
    if (kind === undefined || kind === "created" || seen.has(`${kind} ${step.urn}`)) continue;
    seen.add(`${kind} ${step.urn}`);
    verdict[kind].push(changedResource(step, kind === "replaced"));
  }
  return verdict;
}

/** A replacement has two or three steps, of which each names what is replaced. */
function kindOf(op: string): "replaced" | "deleted" | "changed" | "created" | undefined {
  if (/replace/.test(op)) return "replaced";
  if (/^delete|discard/.test(op)) return "deleted";
  if (op === "update") return "changed";
  return op === "create" ? "created" : undefined;
}

function changedResource({ urn, detailedDiff, diffReasons, replaceReasons }: PreviewStep, isReplacement: boolean): ChangedResource {
  const forcing = Object.entries(detailedDiff ?? {}).flatMap(([property, { kind }]) => (kind.endsWith("-replace") ? [property] : []));
  const all = [...Object.keys(detailedDiff ?? {}), ...(diffReasons ?? [])];
  const properties = isReplacement ? [...forcing, ...(replaceReasons ?? [])] : all;
  return { urn, ...urnParts(urn), properties: [...new Set(properties.length > 0 ? properties : all)].sort() };
}
