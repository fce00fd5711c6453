import { meets } from "./matching";
import type { Answer, Condition, Listener, LoadBalancer, Outcome, RedirectTo, Request, Rule } from "./model";
import { signatureOf } from "./signature";

type Candidate = { rule?: Rule; outcome: Outcome };

/** Whether a request meets a condition; undefined where nobody can tell. */
export type Meets = (condition: Condition, request: Request) => boolean | undefined;

const nothingAssumed: Meets = (condition, request) => meets(condition, request, () => undefined);

/**
 * What becomes of a request at a load balancer: the rule with the lowest priority that it fits decides, and where it fits none the listener's default action
 * does. Where a priority, a condition or an action is not known, every answer that is possible counts: they agree, or nobody can tell.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function ask({ listeners }: LoadBalancer, request: Request, meetsCondition: Meets = nothingAssumed): Answer {
  const listener = listeners.find(({ port }) => port === request.port);
  if (!listener) return { kind: "refused" };
  const candidates = candidatesOf(listener, request, meetsCondition);
  const [{ rule, outcome }] = candidates as [Candidate];
  const agreed = new Set(candidates.map((candidate) => signatureOf(candidate.outcome))).size === 1;
  if (agreed && outcome.kind !== "unknown")
    return outcome.kind === "redirect" ? { ...outcome, rule, location: locationOf(outcome.to, listener, request) } : { ...outcome, rule };
  const unknown = candidates.map((candidate) => candidate.outcome).find((each) => each.kind === "unknown");
  return {
    kind: "unknown",
    rule,
    candidates,
    reason: unknown?.reason ?? "which of its rules comes first, or fits, is known only after apply",
  };
}

/** As {@link ask}, and where the answer leads to the same host again, what is answered there. */
export function askFollowing(loadBalancer: LoadBalancer, request: Request, meetsCondition?: Meets): Answer {
  let answer = ask(loadBalancer, request, meetsCondition);
  for (let hops = 0, host = request.host, now = request; hops < 5 && answer.kind === "redirect"; hops++) {
    const url = /^(\w+):\/\/([^/:]+):(\d+)(\/[^?]*)/.exec(answer.location);
    if (url?.[2] !== host || !loadBalancer.listeners.some(({ port }) => port === Number(url[3]))) break;
    now = { ...now, port: Number(url[3]), path: url[4]! };
    answer = ask(loadBalancer, now, meetsCondition);
  }
  return answer;
}

/** From the first that may decide to the first that certainly does. */
function candidatesOf({ rules, defaultOutcome, hasOtherRules }: Listener, request: Request, meetsCondition: Meets): Candidate[] {
  const candidates: Candidate[] = [];
  const fits = (rule: Rule) => {
    const answers = rule.conditions.map((condition) => meetsCondition(condition, request));
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  };
  let decided: number | undefined;
  let isCertain = false;
  for (const rule of rules) {
    // Sorted by priority, those without last. AWS refuses two of the same, so either may be the one that is there.
    if (decided !== undefined && rule.priority !== undefined && rule.priority > decided) continue;
    const fit = fits(rule);
    if (fit === false) continue;
    candidates.push({ rule, outcome: rule.outcome });
    if (fit === undefined) continue;
    isCertain = true;
    decided ??= rule.priority;
  }
  if (!isCertain) candidates.push({ outcome: defaultOutcome });
  if (hasOtherRules) candidates.push({ outcome: { kind: "unknown", reason: "its listener is not in the plan, and may have other rules" } });
  return candidates;
}

/** The address that a client is sent to. AWS writes the port also where it is the usual one. */
function locationOf({ protocol, host, port, path, query }: RedirectTo, listener: Listener, request: Request): string {
  const own: Record<string, string> = {
    protocol: listener.protocol ?? "",
    host: request.host.replace(/:\d+$/, ""),
    port: String(listener.port ?? ""),
    path: request.path.replace(/^\//, ""),
    query: (request.query ?? []).map(({ key, value }) => `${key}=${value}`).join("&"),
  };
  const filled = (text: string) => text.replace(/#\{(protocol|host|port|path|query)\}/g, (_, word: string) => own[word]!);
  const search = filled(query);
  return `${filled(protocol).toLowerCase()}://${filled(host)}:${filled(port)}${filled(path)}${search === "" ? "" : `?${search}`}`;
}
