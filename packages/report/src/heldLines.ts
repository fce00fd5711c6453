import { allowedChangesFile, coded, firstFew } from "@fairlead/model";
import type { JudgedDanger } from "@fairlead/review";

import { counted } from "./phrases";
import type { StackReport } from "./report";

const file = `stacks/${allowedChangesFile}`;

/** Whether a danger is one of those that are held. They may be copies: marks of secrets are taken out of both. */
export function isHeld({ kind, title, text }: JudgedDanger, { held }: Pick<StackReport, "held">): boolean {
  return held.some((each) => each.kind === kind && each.title === title && each.text === text);
}

/** What of a stack's change is held: a sentence. */
export function heldLines({ held }: Pick<StackReport, "held">): string[] {
  const refused = held.filter(({ isRefused }) => isRefused).length;
  const left = held.length - refused;
  return [
    ...(left > 0 ? [coded("FL2419", `held: ${counted(left, "danger stops", "dangers stop")} this change, and nothing allows it.`)] : []),
    ...(refused > 0
      ? [
          coded(
            "FL2419",
            `held: AWS refuses ${counted(refused, "part", "parts")} of it as it is, whoever allows it. What has to come first, in a change of its own, stands there.`,
          ),
        ]
      : []),
  ];
}

/** What of a stack's change is allowed, is so no longer, or is allowed and does not happen: a sentence for each decision. */
export function allowedLines({ allowed, unused, expired }: Pick<StackReport, "allowed" | "unused" | "expired">): string[] {
  return [
    ...decisions(allowed).map((each) => `allowed ${each}`),
    ...decisions(expired).map((each) => `no longer allowed, its last day is over: ${each}`),
    ...decisions(unused).map((each) => `allows nothing of this change; once what it was for is deployed, remove it from ${file}: ${each}`),
  ];
}

/** `until 2026-12-31 (ticket 4711): delete carts, replace accounts`: what was decided together is said together. */
export function decisions(allowed: StackReport["allowed"]): string[] {
  const parts = new Map<string, string[]>();
  for (const { reason, until, kind, urn } of allowed) {
    const key = `until ${until} (${reason})`;
    parts.set(key, [...(parts.get(key) ?? []), `${kind} ${urn.split("::").at(-1)!}`]);
  }
  return [...parts].map(([key, what]) => `${key}: ${firstFew([...new Set(what)], mostNames)}`);
}

const mostNames = 6;
