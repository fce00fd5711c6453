import type { NaiveRequest, RawCondition } from "@fairlead/changes/testing/naiveAlb";
import type { Random } from "@fairlead/model/testing/random";
import type { Plan } from "@fairlead/plan";

/** What the rules of a plan ask for. */
interface Asked {
  ports: number[];
  hosts: string[];
  paths: string[];
  methods: string[];
  headers: [name: string, value: string][];
  queries: [key: string, value: string][];
}

/** Makes requests that are near to what the rules of a plan ask for, on these ports. */
export function requestsNear({ resources }: Pick<Plan, "resources">, ports: number[], random: Random): () => NaiveRequest {
  const conditions = resources.flatMap(({ type, inputs }) =>
    type === "aws:lb/listenerRule:ListenerRule" ? (inputs.conditions as RawCondition[]) : [],
  );
  const asked: Asked = {
    ports,
    hosts: conditions.flatMap(({ hostHeader }) => hostHeader?.values ?? []),
    paths: conditions.flatMap(({ pathPattern }) => pathPattern?.values ?? []),
    methods: conditions.flatMap(({ httpRequestMethod }) => httpRequestMethod?.values ?? []),
    headers: conditions.flatMap(({ httpHeader }) =>
      (httpHeader?.values ?? []).map((value): [string, string] => [httpHeader!.httpHeaderName, value]),
    ),
    queries: conditions.flatMap(({ queryStrings }) => (queryStrings ?? []).map(({ key = "any", value }): [string, string] => [key, value])),
  };
  return () => requestNear(asked, random);
}

function requestNear({ ports, hosts, paths, methods, headers, queries }: Asked, random: Random): NaiveRequest {
  const filled = (pattern: string, values: readonly string[]) =>
    pattern.replace(/\*/g, () => random.pick(values)).replace(/\?/g, () => random.pick(values).slice(0, 1) || "x");
  const inAnyCase = (text: string) => (random.chance(0.3) ? random.pick([text.toUpperCase(), text.toLowerCase()]) : text);
  const nearly = (text: string) => (random.chance(0.15) ? random.pick([`${text}x`, text.slice(0, -1), text.slice(1)]) : text);
  const path = nearly(
    inAnyCase(filled(random.pick([...paths, ...paths, "/", "/other/page.html"]), ["", "b", "x/y", "a.png", "api", "B%20c"])),
  );
  const host = nearly(inAnyCase(filled(random.pick([...hosts, ...hosts, "other.test"]), ["", "a", "b", "x.y"])));
  const some = (pairs: [string, string][]) =>
    random.chance(0.5) && pairs.length > 0
      ? Array.from({ length: 1 + random.integer(2) }, (): [string, string] => {
          const [name, value] = random.pick(pairs);
          return [inAnyCase(name.replace(/[*?]/g, "k")), nearly(inAnyCase(filled(value, ["", "1", "zz", "a b".replace(" ", "_")])))];
        })
      : [];
  return {
    port: random.pick(ports),
    host: host.replace(/[^A-Za-z0-9.-]/g, "") || "empty.test",
    path: path.startsWith("/") ? path : `/${path}`,
    method: random.pick(["GET", "GET", ...methods, ...methods.map((method) => method.toLowerCase())]),
    headers: some(headers),
    query: some(queries),
    address: [127, random.pick([0, 1, 2]), random.pick([0, 1, 9]), 1 + random.integer(200)],
  };
}
