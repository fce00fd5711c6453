import { isMap } from "@fairlead/model";
import { isReference, referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { Answerers } from "./answerers";
import type { Listener, LoadBalancer, Outcome, Rule } from "./model";
import { outcomeOf } from "./readActions";
import { conditionsOf } from "./readConditions";

const isA = (kind: string) => {
  const types = ["lb", "alb"].map((module) => `aws:${module}/${kind[0]!.toLowerCase()}${kind.slice(1)}:${kind}`);
  return ({ type }: PlanResource) => types.includes(type);
};
const [isLoadBalancer, isListener, isRule] = ["LoadBalancer", "Listener", "ListenerRule"].map(isA) as [
  (resource: PlanResource) => boolean,
  (resource: PlanResource) => boolean,
  (resource: PlanResource) => boolean,
];

/** The load balancers of a plan, with their listeners and rules, and who answers behind them. */
export function readLoadBalancers(plan: Pick<Plan, "resources">): LoadBalancer[] {
  const { resources } = plan;
  const answerers = new Answerers(plan);
  const tests = testRules(resources);
  const all = new Map<string, LoadBalancer>();
  for (const { urn, name, inputs } of resources.filter(isLoadBalancer))
    all.set(urn, { key: urn, name, internal: inputs.internal === true, listeners: [] });
  const listeners = new Map<string, Listener>();
  for (const resource of resources.filter(isListener)) {
    const { urn, inputs } = resource;
    const listener: Listener = {
      port: typeof inputs.port === "number" ? inputs.port : undefined,
      protocol: typeof inputs.protocol === "string" ? inputs.protocol : undefined,
      ...(isMap(inputs.mutualAuthentication) && inputs.mutualAuthentication.mode === "verify" && { asksForCertificate: true }),
      rules: [],
      defaultOutcome: outcomeIn(resource, "defaultActions", answerers),
      hasOtherRules: false,
    };
    listeners.set(urn, listener);
    const key = whatIsNamed(resource, "loadBalancerArn");
    const loadBalancer = all.get(key) ?? { key, name: nameIn(key), internal: false, listeners: [] };
    all.set(key, loadBalancer);
    loadBalancer.listeners.push(listener);
  }
  for (const resource of resources.filter(isRule)) {
    const { urn, inputs } = resource;
    const key = whatIsNamed(resource, "listenerArn");
    const listener = listeners.get(key) ?? otherListener(key);
    if (!listeners.has(key)) {
      listeners.set(key, listener);
      all.set(key, { key, name: nameIn(key), internal: false, listeners: [listener] });
    }
    const conditions = conditionsOf(inputs.conditions);
    const rule: Rule = {
      urn,
      priority: typeof inputs.priority === "number" ? inputs.priority : undefined,
      conditions: conditions ?? [unreadableCondition(inputs.conditions)],
      outcome: outcomeIn(resource, "actions", answerers),
      isTest: tests.has(urn),
    };
    listener.rules.push(rule);
  }
  for (const { rules } of listeners.values()) rules.sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity) || 0);
  return [...all.values()];
}

function outcomeIn({ inputs, propertyDependencies, options }: PlanResource, argument: string, answerers: Answerers): Outcome {
  const dependencies = propertyDependencies[argument];
  return outcomeOf(inputs[argument], (arn) => answerers.of(arn, dependencies), isShifted(options, argument));
}

/** What the program says of it is not what is there: ECS moves weights. */
function isShifted({ ignoreChanges = [] }: PlanResource["options"], argument: string): boolean {
  return ignoreChanges.some(
    (path) => path === "*" || path === argument || path.startsWith(`${argument}[`) || path.startsWith(`${argument}.`),
  );
}

/** Rules that ECS services name for the tests of a deployment. The engine says ARNs: of the rules that a service waits for it is the one with a header. */
function testRules(resources: readonly PlanResource[]): Set<string> {
  const services = resources.filter(({ type }) => type === "aws:ecs/service:Service");
  const withHeader = new Set(
    resources
      .filter((each) => isRule(each) && conditionsOf(each.inputs.conditions)?.some(({ field }) => field === "http-header"))
      .map(({ urn }) => urn),
  );
  return new Set(
    services.flatMap(({ inputs, propertyDependencies }) => {
      const named = (Array.isArray(inputs.loadBalancers) ? inputs.loadBalancers : []) as ({
        advancedConfiguration?: { testListenerRule?: unknown };
      } | null)[];
      const references = named.flatMap((each) => referencesIn(each?.advancedConfiguration?.testListenerRule).map(({ urn }) => urn));
      return [...references, ...(propertyDependencies.loadBalancers ?? []).filter((urn) => withHeader.has(urn))];
    }),
  );
}

/** URN of the resource that an ARN is of, or the text that names one elsewhere. */
function whatIsNamed({ inputs, propertyDependencies }: PlanResource, argument: string): string {
  const arn = inputs[argument];
  const [reference] = isReference(arn) ? referencesIn(arn) : [];
  const dependencies = propertyDependencies[argument] ?? [];
  if (!reference && dependencies.length === 1) return dependencies[0]!;
  return reference?.urn ?? (typeof arn === "string" ? arn : JSON.stringify(arn ?? null));
}

/** `arn:aws:elasticloadbalancing:…:listener/app/shop/…` → `shop`. */
function nameIn(key: string): string {
  return /:(?:loadbalancer|listener)\/\w+\/([^/]+)\//.exec(key)?.[1] ?? key.split("::").at(-1)!;
}

/** One that others made: its rules and default action are theirs. */
function otherListener(key: string): Listener {
  const reason = `the listener ${nameIn(key)} is not in the plan`;
  return { port: undefined, protocol: undefined, rules: [], defaultOutcome: { kind: "unknown", reason }, hasOtherRules: true };
}

function unreadableCondition(conditions: unknown): Rule["conditions"][number] {
  return { field: "path-pattern", values: [], unreadable: [JSON.stringify(conditions) ?? "conditions"] };
}
