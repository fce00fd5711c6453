import { nounOf, type ChangeSet } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";

import type { OneDanger } from "./danger";

/**
 * What no longer waits for something that is still there: `dependsOn` went. What an argument refers to is told with it.
 *
 * @param isOurs whether a component of ours made it, and knows what has to come first
 */
export function lostOrder(
  { before: { resources: former }, after: { resources: now }, resources }: ChangeSet,
  isOurs: (urn: string) => boolean,
): OneDanger[] {
  if (former.length === 0) return [];
  const newUrns = new Map(resources.flatMap(({ before, after }) => (before && after ? [[before.urn, after.urn] as const] : [])));
  const dependenciesOf = new Map(now.map(({ urn, dependencies }) => [urn, dependencies]));
  const nameOf = new Map(now.map(({ urn, name }) => [urn, name]));
  return resources.flatMap(({ urn, type, name, before, after }): OneDanger[] => {
    if (!before || !after || (after.custom && isOurs(urn))) return [];
    const given = new Set([...after.dependencies, ...Object.values(before.propertyDependencies).flat()]);
    const lost = before.dependencies.flatMap((each) => {
      const still = newUrns.get(each);
      return still === undefined || given.has(each) || given.has(still) ? [] : [still];
    });
    if (lost.length === 0) return [];
    const comesFirst = all(after.dependencies, dependenciesOf);
    const names = lost.filter((each) => !comesFirst.has(each)).map((each) => nameOf.get(each)!);
    if (names.length === 0) return [];
    return [
      {
        severity: "unknown",
        verb: `no longer waits for ${firstFew(names, 3)}: ${nounOf(type, after.inputs)}`,
        name,
        urn,
        text: "It may be changed before that is. Whether it needs what comes first there nobody here can tell.",
      },
    ];
  });
}

/** What comes first, and what comes before that. */
function all(urns: readonly string[], dependenciesOf: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const left = [...urns];
  for (let urn = left.pop(); urn !== undefined; urn = left.pop()) {
    if (found.has(urn)) continue;
    found.add(urn);
    left.push(...(dependenciesOf.get(urn) ?? []));
  }
  return found;
}
