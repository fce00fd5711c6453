import type { Diagnostic } from "../diagnostic";
import { takesProxy } from "../serviceConnect";
import type { EnvironmentOffers, ServiceSpec } from "../spec";
import type { LoadedService } from "./loadedService";
import type { Locate } from "./rule";

/** A service that calls others, and where its manifest says so. */
interface Caller {
  spec: ServiceSpec;
  locate: Locate;
}

/** What must hold of who calls whom, for the URL of each callee to lead somewhere. */
export function callDiagnostics(services: LoadedService[], { serviceConnect = false }: EnvironmentOffers): Diagnostic[] {
  const callers = new Map(services.flatMap(({ spec, locate }) => (spec && locate ? [[spec.name, { spec, locate }] as const] : [])));
  return [...callsWithoutAddress(callers, serviceConnect), ...(serviceConnect ? circles(callers) : [])];
}

/** A task is found by its address in DNS, or through the proxies of Service Connect. */
function callsWithoutAddress(callers: ReadonlyMap<string, Caller>, serviceConnect: boolean): Diagnostic[] {
  return [...callers.values()].flatMap(({ spec, locate }) =>
    spec.calls.flatMap((name, index): Diagnostic[] => {
      const callee = callers.get(name)?.spec;
      const problem = callee && callee.containerPort !== undefined && whyNotFound(spec, callee, serviceConnect);
      if (!problem) return [];
      return [
        {
          code: "FL1038",
          ...locate(["calls", index]),
          problem: `calls.${index} names "${name}", ${problem}`,
          expected: "a service that this one can find",
          consequence: 'The task would start and fail with "getaddrinfo: Name or service not known".',
          fix: "Remove it, and call the other by a route of the load balancer, or through a queue; or run it in networkMode awsvpc.",
        },
      ];
    }),
  );
}

function whyNotFound(caller: ServiceSpec, callee: ServiceSpec, serviceConnect: boolean): string | undefined {
  if (serviceConnect && takesProxy(callee)) {
    if (takesProxy(caller)) return undefined;
    const who = caller.tcp ? "a service with tcp" : caller.networkMode === "host" ? "a task in networkMode host" : `a ${caller.kind}`;
    return `which is found through Service Connect alone, and ${who} has no proxy of it`;
  }
  const { networkMode = "awsvpc" } = callee;
  if (networkMode === "awsvpc") return undefined;
  return `which runs in networkMode ${networkMode}: its tasks have no address of their own that DNS could tell`;
}

/** Each circle of calls once, where its first service closes it. Who calls itself waits for nobody. */
function circles(callers: ReadonlyMap<string, Caller>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const done = new Set<string>();
  const follow = (name: string, path: string[]): void => {
    const caller = callers.get(name);
    if (!caller || done.has(name)) return;
    caller.spec.calls.forEach((callee, index) => {
      const start = path.indexOf(callee);
      if (callee === name) return;
      if (start < 0) return follow(callee, [...path, callee]);
      const circle = [...path.slice(start), callee];
      found.push({
        code: "FL1039",
        ...caller.locate(["calls", index]),
        problem: `calls.${index} closes a circle: ${circle.join(" → ")}`,
        expected: "calls that lead to services which don't call back",
        consequence: "None of them could come first, and a task finds only those that were there when it was deployed.",
        fix: "Remove one of the calls: let it go by a route of the load balancer, or through a queue.",
      });
    });
    done.add(name);
  };
  for (const name of [...callers.keys()].sort()) follow(name, [name]);
  return found;
}
