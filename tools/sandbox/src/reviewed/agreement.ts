import type { PropertyChange } from "@fairlead/changes";

import type { Answer } from "./awsProvider";
import type { Asking } from "./providerPlan";
import { topOf } from "./values";

/** What one question came to. */
export type Verdict =
  { is: "agreed" } | { is: "disagreed"; ours: string; theirs: string } | { is: "unanswered"; by: "provider" | "plans"; why: string };

/** Whether the comparison of plans says of a resource what the provider says. */
export function verdictOf(asking: Asking): Verdict {
  if (!asking.answer) return { is: "unanswered", by: "provider", why: asking.why };
  const properties = asking.change.properties.filter(({ path }) => !isEngines(path));
  const judged = properties.filter(({ path }) => !asking.dropped.some((dropped) => isPartOf(path, dropped)));
  if (properties.length > 0 && judged.length === 0)
    return { is: "unanswered", by: "provider", why: `it doesn't know ${asking.dropped.join(", ")}` };
  if (judged.some(({ replaces }) => replaces === undefined) && !judged.some(({ replaces }) => replaces))
    return {
      is: "unanswered",
      by: "plans",
      why: judged
        .filter(({ replaces }) => replaces === undefined)
        .map(({ path }) => path)
        .join(", "),
    };
  const [ours, theirs] = [textOf(ourAnswer(judged)), textOf(asking.answer)];
  return ours === theirs ? { is: "agreed" } : { is: "disagreed", ours, theirs };
}

/** No property of the resource's, and nothing that the provider is told. */
const isEngines = (path: string) => /^(replacementTrigger|replaceWith)(\.|$)/.test(path);

/** Paths of changes name items of lists, those of inputs don't. */
function isPartOf(path: string, input: string): boolean {
  const words = path.split(".");
  return input.split(".").every((word) => {
    const place = words.indexOf(word);
    return place >= 0 && words.splice(0, place + 1).length > 0;
  });
}

function ourAnswer(properties: readonly PropertyChange[]): Pick<Answer, "operation" | "replacedBy"> {
  const replacedBy = properties.filter(({ replaces }) => replaces).map(({ path }) => path);
  return { operation: properties.length === 0 ? "same" : replacedBy.length > 0 ? "replace" : "update", replacedBy };
}

function textOf({ operation, replacedBy }: Pick<Answer, "operation" | "replacedBy">): string {
  return [operation, [...new Set(replacedBy.map(topOf))].sort().join(", ")].filter((part) => part !== "").join(" by ");
}
