import type { Claims } from "../findings/claims";
import { childOf, type Place } from "../source/sourceNode";
import type { InferredCall } from "../write/imported";
import { inferredCalls, type CallSource } from "./calls";
import type { Workload } from "./readManifest";
import type { Mention } from "./sourceMentions";

/** Writes the calls between services that their variables tell of, and says how sure each is. */
export function addCalls(
  workloads: readonly Workload[],
  application: string,
  claims: Claims,
  mentions: readonly (Mention & { service: string })[],
): InferredCall[] {
  const callable = workloads.filter(({ base, environments }) =>
    [base, ...environments.values()].some(({ manifest }) => manifest.containerPort !== undefined),
  );
  const names = callable.map(({ name }) => name);
  const calls = inferredCalls(workloads.map(sourceOf), names, application);
  const endpoint = "COPILOT_SERVICE_DISCOVERY_ENDPOINT";
  for (const workload of workloads) {
    const others = names.filter((name) => name !== workload.name);
    // Whoever puts addresses together from the endpoint may call anybody, as it might before.
    const mention = mentions.find(({ service, name }) => service === workload.name && name === endpoint);
    const called = mention ? others : [...new Set(calls.filter(({ from }) => from === workload.name).map(({ to }) => to))];
    if (mention && others.length > 0)
      claims.say({
        outcome: "changed",
        place: mention.place,
        source: endpoint,
        service: workload.name,
        to: `calls: [${others.join(", ")}]`,
        text: "its program makes addresses of other services, and may reach all of them, as before: take away those that it does not call.",
      });
    if (called.length === 0) continue;
    for (const each of [workload.base, ...workload.environments.values()]) each.set("calls", called);
  }
  for (const { from, to, certainty, place, seen } of calls) {
    const workload = workloads.find(({ name }) => name === from)!;
    claims.say({
      outcome: "changed",
      place: place ?? workload.root.place,
      source: "variables",
      service: from,
      to: `calls: [${to}]`,
      text: `${certainty === "sure" ? "surely" : "likely"}, by ${seen}: what others may reach is said here, and was open to all before.`,
    });
  }
  return calls;
}

function sourceOf({ name, root, base, environments }: Workload): CallSource {
  const found = [base, ...environments.values()].flatMap(({ manifest }) => {
    const sidecars = Object.values((manifest.sidecars ?? {}) as Record<string, { environment?: Record<string, string> }>);
    return [manifest as { environment?: Record<string, string> }, ...sidecars].flatMap(({ environment = {} }) =>
      Object.entries(environment),
    );
  });
  return { service: name, variables: found.map(([variable, value]) => ({ name: variable, value, place: placeOf(root, variable) })) };
}

function placeOf(root: Workload["root"], variable: string): Place | undefined {
  const node = childOf(childOf(root, "variables"), variable);
  return node?.origin.place;
}
