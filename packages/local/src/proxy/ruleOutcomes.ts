import type { Outcome } from "@fairlead/changes";

import { quoted } from "./configurationSyntax";
import { serverHeader } from "./errorPages";
import type { Target } from "./listeners";
import { redirectRules, type Surroundings } from "./redirects";

/** What a rule does, as directives of a frontend. */
export interface OutcomeDirectives {
  /** `http-request …`: they come before all of `backends`. */
  answers: string[];
  /** `use_backend …` */
  backends: string[];
}

/** Requests that a rule's weights tell apart, which are 0 to 999. */
const draws = 1000;

/**
 * @param condition that holds for the rule's requests alone: `if { … }`
 * @param backendOf a target group's section
 */
export function outcomeDirectives(
  outcome: Outcome,
  condition: string,
  backendOf: (target: Target) => string,
  surroundings: Surroundings,
): OutcomeDirectives {
  switch (outcome.kind) {
    case "forward": {
      const { targets, guards = [] } = outcome;
      if (guards.length > 0) return notHere(`This address asks for ${guards.map(({ text }) => text).join(" and ")} first`, condition);
      return { answers: [], backends: weighted(targets, condition, backendOf) };
    }
    case "redirect":
      return { answers: redirectRules(outcome, condition, surroundings), backends: [] };
    case "fixedResponse": {
      const { statusCode, contentType = "text/plain", messageBody = "" } = outcome;
      if (statusCode < 200 || statusCode > 599) return notHere(`Its status would be ${statusCode}`, condition);
      return { answers: [fixedAnswer(statusCode, contentType, messageBody, condition)], backends: [] };
    }
    case "unknown":
      return notHere(`What becomes of this request can't be told: ${outcome.reason}`, condition);
  }
}

function weighted(targets: readonly Target[], condition: string, backendOf: (target: Target) => string): string[] {
  // Where a share is unknown all are alike.
  const shares = targets.map(({ share }) => share ?? 1 / targets.length);
  let sum = 0;
  return targets.map((target, index) => {
    sum += shares[index]!;
    const isLast = index === targets.length - 1;
    return `use_backend ${backendOf(target)} ${condition}${isLast ? "" : ` { var(txn.draw) -m int lt ${Math.round(sum * draws)} }`}`;
  });
}

/** A number for each request, by which it goes to one of several target groups. */
export const drawNumber = `http-request set-var(txn.draw) rand(${draws})`;

function fixedAnswer(status: number, contentType: string, body: string, condition: string): string {
  const content = body === "" ? "" : `content-type ${quoted(`${contentType}; charset=utf-8`)} string ${quoted(body)} `;
  return `http-request return status ${status} ${content}${serverHeader} ${condition}`;
}

function notHere(reason: string, condition: string): OutcomeDirectives {
  return {
    answers: [fixedAnswer(501, "text/plain", `${reason}. The load balancer of one machine does not do that.\n`, condition)],
    backends: [],
  };
}
