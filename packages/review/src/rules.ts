import type { Evaluation, Finding } from "@fairlead/policy";

import type { Danger } from "./danger";

/** What the rules of packages/policy say of one side. */
export interface Judged {
  evaluation: Evaluation;
  /** Whether a finding fails it. */
  mandatory: boolean;
}

/** A rule that is kept no longer, and why that is no mistake: something excepts from it, or nothing enforces it. */
export interface BrokenRule {
  kind: "broken" | "excepted" | "unenforced";
  danger: Danger;
}

/**
 * Rules that a resource breaks which kept them, that the change excepts, and that it no longer enforces. What is new may break some: its findings say so.
 *
 * @param former the URN that a resource had; undefined of what is new
 */
export function brokenRules(before: Judged | undefined, after: Judged, former: ReadonlyMap<string, string>): BrokenRule[] {
  if (!before) return [];
  const known = new Set([...before.evaluation.findings, ...before.evaluation.excepted].map(({ control, urn }) => `${control} ${urn}`));
  const wasExcepted = new Set(before.evaluation.excepted.map(({ control, urn }) => `${control} ${urn}`));
  const formerly = ({ control, urn }: Finding) => `${control} ${former.get(urn)}`;
  const told = (kind: BrokenRule["kind"], title: string, { urn, problem, fix }: Finding): BrokenRule => ({
    kind,
    danger: { severity: "lessProtected", title, forcedBy: [], text: `${sentence(problem)} ${fix}`, urns: [urn] },
  });
  const ofOld = (findings: readonly Finding[]) => findings.filter(({ urn }) => former.has(urn));
  return [
    ...ofOld(after.evaluation.findings)
      .filter((finding) => !known.has(formerly(finding)))
      .map((finding) => told("broken", `breaks ${finding.control}: ${finding.name}`, finding)),
    ...after.evaluation.excepted
      // What a component makes against a rule wherever it is used is no decision of this change.
      .filter((finding) => finding.exceptedBy === "stack" && !wasExcepted.has(formerly(finding)))
      .map((finding) => told("excepted", `excepts ${finding.name} from ${finding.control}`, finding)),
    ...(before.mandatory && !after.mandatory ? [{ kind: "unenforced" as const, danger: unenforced }] : []),
  ];
}

const unenforced: Danger = {
  severity: "lessProtected",
  title: "no longer enforces the rules",
  forcedBy: ["policyEnforcement"],
  text: "A change that breaks one is told so, and goes on.",
  urns: [],
};

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
