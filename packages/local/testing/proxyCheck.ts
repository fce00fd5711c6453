import type { NaiveRequest } from "@fairlead/changes/testing/naiveAlb";
import { seeded } from "@fairlead/model/testing/random";
import type { Plan } from "@fairlead/plan";

import { haproxyConfiguration } from "../src/proxy/haproxyConfiguration";
import { localListeners, type LocalListener } from "../src/proxy/listeners";
import { differenceOf, expectedOf, queryText } from "./proxyExpected";
import { freePorts, startProxy, type Proxy } from "./proxyProcess";
import { requestsNear } from "./proxyRequests";
import { askOverWire, echoTarget, type EchoTarget } from "./proxyTargets";

/** A plan's load balancers as HAProxy, with a server for each target group that says its URN. */
export interface ProxiedPlan extends AsyncDisposable {
  listeners: LocalListener[];
  /** By the port of AWS's listener. */
  published: ReadonlyMap<number, number>;
  /** By the URN of the target group. */
  targets: ReadonlyMap<string, EchoTarget>;
  proxy: Proxy;
  configuration: string;
}

/** @param unregistered whether a target group, by its URN, has no target */
export async function proxyPlan(
  haproxy: string,
  plan: Pick<Plan, "resources">,
  unregistered: (targetGroupUrn: string) => boolean = () => false,
): Promise<ProxiedPlan> {
  const all = localListeners(plan);
  const ports = await freePorts(all.length);
  const listeners = all.map((listener, index) => ({ ...listener, localPort: ports[index]! }));
  const groups = plan.resources.filter(({ type, urn }) => type === "aws:lb/targetGroup:TargetGroup" && !unregistered(urn));
  const targets = new Map<string, EchoTarget>();
  for (const { urn } of groups) targets.set(urn, await echoTarget(urn));
  const close = () => Promise.all([...targets.values()].map((target) => target.close()));
  const configuration = haproxyConfiguration({
    listeners,
    targetGroupOf: (urn) => plan.resources.find((resource) => resource.urn === urn),
    targetOf: (urn) => (targets.has(urn) ? { host: "127.0.0.1", port: targets.get(urn)!.port } : undefined),
  });
  let proxy: Proxy;
  try {
    proxy = await startProxy(haproxy, configuration, ports);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    listeners,
    published: new Map(listeners.map(({ port, localPort }) => [port!, localPort])),
    targets,
    proxy,
    configuration,
    async [Symbol.asyncDispose]() {
      await proxy.stop();
      await close();
    },
  };
}

/** What came of asking. */
export interface ProxyCheck {
  asked: number;
  /** Number of answers by their kind: `forward`, `redirect`, `fixed`, `guarded`. */
  kinds: Record<string, number>;
  /** A line for each request that is answered otherwise than at AWS. */
  wrong: string[];
}

/** Asks a plan's load balancers, as HAProxy, for requests that are near to what its rules ask for, and compares with a second reading of AWS's documents. */
export async function checkProxy(haproxy: string, plan: Pick<Plan, "resources">, count: number, seed = 1): Promise<ProxyCheck> {
  await using proxied = await proxyPlan(haproxy, plan);
  const random = seeded(seed);
  const http = proxied.listeners.filter(({ mode }) => mode === "http").map(({ port }) => port!);
  const result: ProxyCheck = { asked: 0, kinds: {}, wrong: [] };
  if (http.length === 0) return result;
  const next = requestsNear(plan, http, random);
  const one = async () => {
    const request = next();
    const expected = expectedOf(plan, request, proxied.published);
    const answer = await askOverWire(onWire(request, proxied.published));
    const difference = differenceOf(expected, answer, request);
    result.asked++;
    result.kinds[expected.kind] = (result.kinds[expected.kind] ?? 0) + 1;
    if (difference !== undefined)
      result.wrong.push(`seed ${seed}: ${JSON.stringify(request)} ${difference}; expected ${JSON.stringify(expected)}`);
  };
  for (let left = count; left > 0; left -= 10) await Promise.all(Array.from({ length: Math.min(10, left) }, one));
  return result;
}

function onWire(request: NaiveRequest, published: ReadonlyMap<number, number>) {
  const { port, path, query, address, ...rest } = request;
  return {
    ...rest,
    port: published.get(port)!,
    url: `${path}${query.length > 0 ? `?${queryText(request)}` : ""}`,
    address: address.join("."),
  };
}
