import type { Evaluation, Finding } from "@fairlead/policy";

import type { Danger } from "./danger";

/** What the rules of packages/policy say of one side. */
export interface Judged {
  evaluation: Evaluation;
  /** Whether a finding fails it. */
  mandatory: boolean;
}

const identity = ({ control, urn, problem }: Finding) => `${control} ${urn} ${problem}`;

/**
 * Rules that the change breaks, that it excepts, and that it no longer enforces. Not of a new stack, nor of what is new beside others that are no better:
 * their findings say it.
 *
 * @param existing URNs of what there was before
 */
export function brokenRules(before: Judged | undefined, after: Judged, existing: ReadonlySet<string>): Danger[] {
  if (!before) return [];
  const usual = new Set([...before.evaluation.findings, ...before.evaluation.excepted].map(({ control, type }) => `${control} ${type}`));
  const isUsual = ({ control, type, urn }: Finding) => !existing.has(urn) && usual.has(`${control} ${type}`);
  const known = new Set([...before.evaluation.findings, ...before.evaluation.excepted].map(identity));
  const wasExcepted = new Set(before.evaluation.excepted.map(identity));
  const told = (title: string, { urn, problem, fix }: Finding): Danger => ({
    severity: "lessProtected",
    title,
    forcedBy: [],
    text: `${sentence(problem)} ${fix}`,
    urns: [urn],
  });
  return [
    ...after.evaluation.findings
      .filter((finding) => !known.has(identity(finding)) && !isUsual(finding))
      .map((finding) => told(`breaks ${finding.control}: ${finding.name}`, finding)),
    ...after.evaluation.excepted
      .filter((finding) => !wasExcepted.has(identity(finding)))
      // What a component makes against a rule wherever it is used is no decision of this change.
      .filter((finding) => known.has(identity(finding)) || finding.exceptedBy === "stack")
      .map((finding) => told(`excepts ${finding.name} from ${finding.control}`, finding)),
    ...(before.mandatory && !after.mandatory
      ? [
          {
            severity: "lessProtected" as const,
            title: "no longer enforces the rules",
            forcedBy: ["policyEnforcement"],
            text: "A change that breaks one is told so, and goes on.",
            urns: [],
          },
        ]
      : []),
  ];
}

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
