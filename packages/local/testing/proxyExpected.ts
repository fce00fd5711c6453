import { naiveActions, type NaiveRequest, type RawAction } from "@fairlead/changes/testing/naiveAlb";
import type { Plan } from "@fairlead/plan";

import type { Echo, WireAnswer } from "./proxyTargets";

/** What has to become of a request by AWS's documents, read a second time, and by what one machine does otherwise. */
export type Expected =
  | { kind: "forward"; targets: string[] }
  | { kind: "redirect"; status: number; location: string }
  | { kind: "fixed"; status: number; contentType: string; body: string }
  | { kind: "guarded" };

/** @param published the machine's port for each port of a listener that is served */
export function expectedOf(plan: Pick<Plan, "resources">, request: NaiveRequest, published: ReadonlyMap<number, number>): Expected {
  const actions = naiveActions(plan, request)!;
  const action = actions.at(-1)!;
  if (action.type === "redirect") return redirected(plan, action.redirect!, request, published);
  if (action.type === "fixed-response") {
    const { statusCode, contentType, messageBody = "" } = action.fixedResponse!;
    return { kind: "fixed", status: Number(statusCode), contentType, body: messageBody };
  }
  if (actions.length > 1) return { kind: "guarded" };
  const groups = action.forward?.targetGroups.filter(({ weight = 1 }) => weight > 0) ?? [{ arn: action.targetGroupArn! }];
  return { kind: "forward", targets: groups.map(({ arn }) => arn.$output.replace(/#arn$/, "")) };
}

function redirected(
  { resources }: Pick<Plan, "resources">,
  redirect: NonNullable<RawAction["redirect"]>,
  request: NaiveRequest,
  published: ReadonlyMap<number, number>,
): Expected {
  const own = resources.find(({ type, inputs }) => type.endsWith(":Listener") && inputs.port === request.port)!;
  const to = { protocol: "#{protocol}", host: "#{host}", port: "#{port}", path: "/#{path}", query: "#{query}", ...redirect };
  const said: [RegExp, string][] = [
    [/#\{protocol\}/g, String(own.inputs.protocol).toLowerCase()],
    [/#\{host\}/g, request.host.toLowerCase()],
    [/#\{port\}/g, String(request.port)],
    [/#\{path\}/g, request.path.slice(1)],
    [/#\{query\}/g, queryText(request)],
  ];
  const filled = (text: string) => said.reduce((all, [word, value]) => all.replace(word, () => value), text);
  const here = to.host.includes("#{host}") ? published.get(Number(filled(to.port))) : undefined;
  const origin =
    here === undefined
      ? `${filled(to.protocol).toLowerCase()}://${filled(to.host)}:${filled(to.port)}`
      : `http://${filled(to.host)}:${here}`;
  const query = filled(to.query);
  return {
    kind: "redirect",
    status: Number(redirect.statusCode.slice(-3)),
    location: `${origin}${filled(to.path)}${query && `?${query}`}`,
  };
}

export const queryText = ({ query }: Pick<NaiveRequest, "query">) => query.map(([key, value]) => `${key}=${value}`).join("&");

/** What is wrong with an answer; undefined where it is as expected. */
export function differenceOf(expected: Expected, { status, headers, body }: WireAnswer, request: NaiveRequest): string | undefined {
  switch (expected.kind) {
    case "forward": {
      const echo = status === 200 && headers["server"] === undefined ? (JSON.parse(body) as Echo) : undefined;
      if (!echo || !expected.targets.includes(echo.target)) return `is answered with ${status} by ${echo?.target ?? "the load balancer"}`;
      const url = `${request.path}${request.query.length > 0 ? `?${queryText(request)}` : ""}`;
      const sent = `${request.method} ${url} for ${request.host} from ${request.address.join(".")}`;
      const had = `${echo.method} ${echo.url} for ${echo.headers.host} from ${echo.headers["x-forwarded-for"]}`;
      return sent === had ? undefined : `comes as ${had} instead of ${sent}`;
    }
    case "redirect":
      return status === expected.status && headers.location === expected.location
        ? undefined
        : `leads with ${status} to ${headers.location} instead of ${expected.location}`;
    case "fixed": {
      const isSame = status === expected.status && body === expected.body && headers.server === "awselb/2.0";
      const type = headers["content-type"] ?? "";
      return isSame && (body === "" || type.startsWith(`${expected.contentType};`))
        ? undefined
        : `is ${status} ${type} ${JSON.stringify(body)}`;
    }
    case "guarded":
      return status === 501 && body.includes("sign-in") ? undefined : `is answered with ${status} though it needs a sign-in`;
  }
}
