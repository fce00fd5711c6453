import type { Plan } from "@fairlead/plan";

/** What must be read beside the changes. */
export interface Notice {
  /** Whether the change must not go on by it. */
  refuses: boolean;
  title: string;
  text: string;
}

/** What of a stack a plan doesn't have as its manifests say, and why. Such a plan is to be looked at: `up` makes none. */
export interface InPart {
  /** What is wrong, as `up` would say it. */
  failure: string;
  /** Manifests with mistakes, by their path from the project's folder. */
  leftOut: { file: string; hasStandIn: boolean }[];
}

type Side = "before" | "after";

/** What to say of a side that was planned without its broken manifests. */
export function inPartNotice({ failure, leftOut }: InPart, side?: Side): Notice {
  const files = (hasStandIn: boolean) => leftOut.filter((each) => each.hasStandIn === hasStandIn).map(({ file }) => file);
  const [kept, gone] = [files(true), files(false)];
  const other = side === "before" ? "with this change" : "before";
  const lines = [
    ...(kept.length > 0 ? [`Shown as ${kept.length === 1 ? "it was" : "they were"} ${other}, and not compared: ${kept.join(", ")}.`] : []),
    ...(gone.length > 0 ? [`Left out: ${gone.join(", ")}.`] : []),
    "What is said of the other services holds. `pulumi up` refuses the whole stack, and changes nothing.",
  ];
  const which = side === undefined ? "" : side === "after" ? " with this change" : " without this change";
  return { refuses: true, title: `can't be planned${which} as a whole`, text: [...lines, "", failure].join("\n") };
}

/**
 * Whether what one side left out may be what the other has: by a comparison it would seem to be removed, or new.
 *
 * @param of the side that was planned in part
 */
export function hidesServices(of: { plan: Plan; inPart?: InPart }, other: Plan | undefined): boolean {
  if (!of.inPart?.leftOut.some(({ hasStandIn }) => !hasStandIn)) return false;
  const known = new Set(filesIn(of.plan));
  return filesIn(other).some((file) => !known.has(file));
}

function filesIn(plan: Plan | undefined): string[] {
  return (plan?.resources ?? []).flatMap(({ inputs: { spec } }) => {
    const file = (spec as { file?: unknown } | undefined)?.file;
    return typeof file === "string" ? [file] : [];
  });
}

/** What one side warns of and the other doesn't. */
export function newHints(before: readonly string[], after: readonly string[]): Notice[] {
  const known = new Set(before.map(withoutPlace));
  return after.filter((hint) => !known.has(withoutPlace(hint))).map((text) => ({ refuses: false, title: "warns", text }));
}

/** A line further down says nothing new. */
function withoutPlace(hint: string): string {
  return hint.replace(/:\d+:\d+:/g, ":");
}

/** What is said of some stacks. */
export interface SharedNotice extends Notice {
  stacks: { stack: string }[];
}

/** Notices of stacks, each once with all stacks that it is said of: a mistake in a manifest is one, whatever reads it. */
export function sharedNotices(stacks: readonly { stack: string; notices: readonly Notice[] }[]): SharedNotice[] {
  const shared = new Map<string, SharedNotice>();
  for (const { stack, notices } of stacks) {
    for (const notice of notices) {
      const key = JSON.stringify([notice.refuses, notice.title, notice.text]);
      const known = shared.get(key);
      if (known) known.stacks.push({ stack });
      else shared.set(key, { ...notice, stacks: [{ stack }] });
    }
  }
  return [...shared.values()];
}
