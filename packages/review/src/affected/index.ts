import { groupBy, type ChangeSet, type ServiceChange } from "@fairlead/changes";

import type { Danger } from "../danger";
import { dependentFacts } from "./dependents";
import type { Fact } from "./facts";
import { jobFacts } from "./jobs";
import { nameFacts } from "./names";
import { permissionFacts } from "./permissions";
import { reachFacts } from "./reach";
import { rollbackFact } from "./rollback";
import { rolloutFacts } from "./rollouts";
import { sidesOf } from "./sides";
import { variableFacts } from "./variables";

/** Who meets what by a change: what neither its dangers nor the lines of its services say. A stack that is new has nobody yet. */
export function affectedBy(changes: ChangeSet, services: readonly ServiceChange[], dangers: readonly Danger[]): Fact[] {
  if (changes.before.resources.length === 0) return [];
  const sides = sidesOf(changes, services, dangers);
  const [names, jobs] = [nameFacts(sides), jobFacts(sides)];
  const facts: Fact[] = [
    ...jobs,
    ...rolloutFacts(sides),
    ...names,
    ...dependentFacts(sides, names),
    ...permissionFacts(sides),
    ...reachFacts(sides),
    ...variableFacts(sides),
  ];
  const rollback = rollbackFact(sides, jobs);
  const bySubject = groupBy(facts, ({ of }) => of);
  return [...(rollback ? [rollback] : []), ...[...bySubject.keys()].sort().flatMap((subject) => bySubject.get(subject)!)];
}
