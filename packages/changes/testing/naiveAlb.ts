import type { Plan } from "@fairlead/plan";

const types = { listener: "aws:lb/listener:Listener", rule: "aws:lb/listenerRule:ListenerRule" };

/**
 * A second reading of AWS's documents on listener rules, from the plan as it is: each pattern a regular expression, each rule asked on its own, the
 * smallest priority of those that fit. It shares no line with what it judges.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface NaiveRequest {
  port: number;
  host: string;
  path: string;
  method: string;
  headers: [name: string, value: string][];
  query: [key: string, value: string][];
  address: [number, number, number, number];
}

interface Values {
  values: string[];
}
export interface RawCondition {
  hostHeader?: Values;
  pathPattern?: Values;
  httpHeader?: Values & { httpHeaderName: string };
  httpRequestMethod?: Values;
  queryStrings?: { key?: string; value: string }[];
  sourceIp?: Values;
}
export interface RawAction {
  type: string;
  targetGroupArn?: { $output: string };
  forward?: { targetGroups: { arn: { $output: string }; weight?: number }[] };
  fixedResponse?: { statusCode: string; contentType: string; messageBody?: string };
  redirect?: { statusCode: string } & Partial<Record<"protocol" | "host" | "port" | "path" | "query", string>>;
}

/** `api`, `404`, `to 443`, or `refused`. */
export function naiveAnswer(plan: Plan, request: NaiveRequest): string {
  const [action] = naiveActions(plan, request) ?? [];
  if (!action) return "refused";
  if (action.type === "redirect") return `to ${action.redirect!.port}`;
  if (action.type === "fixed-response") return action.fixedResponse!.statusCode;
  return action.targetGroupArn!.$output.replace(/^.*::(.+)#arn$/, "$1").replace(/-green$/, "");
}

/** The actions of the rule, or of the listener, that decides; undefined where nothing listens. */
export function naiveActions(plan: Pick<Plan, "resources">, request: NaiveRequest): RawAction[] | undefined {
  const listener = plan.resources.find(({ type, inputs }) => type === types.listener && inputs.port === request.port);
  if (!listener) return undefined;
  const rules = plan.resources.filter(
    ({ type, inputs }) => type === types.rule && (inputs.listenerArn as { $output: string }).$output.startsWith(`${listener.urn}#`),
  );
  const fitting = rules.filter(({ inputs }) => (inputs.conditions as RawCondition[]).every((condition) => holds(condition, request)));
  const first = Math.min(...fitting.map(({ inputs }) => inputs.priority as number));
  const winner = fitting.find(({ inputs }) => inputs.priority === first);
  return (winner ? winner.inputs.actions : listener.inputs.defaultActions) as RawAction[];
}

function holds(condition: RawCondition, { host, path, method, headers, query, address }: NaiveRequest): boolean {
  const { hostHeader, pathPattern, httpHeader, httpRequestMethod, queryStrings, sourceIp } = condition;
  if (hostHeader) return hostHeader.values.some((value) => expression(value, "i").test(host));
  if (pathPattern) return pathPattern.values.some((value) => expression(value, "").test(path));
  if (httpHeader)
    return headers.some(
      ([name, text]) =>
        name.toUpperCase() === httpHeader.httpHeaderName.toUpperCase() &&
        httpHeader.values.some((value) => expression(value, "i").test(text)),
    );
  if (httpRequestMethod) return httpRequestMethod.values.some((value) => value === method);
  if (queryStrings)
    return query.some(([key, text]) =>
      queryStrings.some(
        (pair) => (pair.key === undefined || expression(pair.key, "i").test(key)) && expression(pair.value, "i").test(text),
      ),
    );
  return sourceIp!.values.some((range) => {
    const [network, size] = range.split("/") as [string, string];
    const bits = (numbers: readonly number[]) => numbers.map((each) => each.toString(2).padStart(8, "0")).join("");
    return bits(network.split(".").map(Number)).slice(0, Number(size)) === bits(address).slice(0, Number(size));
  });
}

const known = new Map<string, RegExp>();
export function expression(pattern: string, flags: string): RegExp {
  const key = `${flags}${pattern}`;
  const found = known.get(key);
  if (found) return found;
  const source = pattern
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replace(/\*/g, "[^]*")
    .replace(/\?/g, "[^]");
  const made = new RegExp(`^${source}$`, flags);
  known.set(key, made);
  return made;
}
