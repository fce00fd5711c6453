import type { ServiceParts } from "@fairlead/changes";

import { containersIn } from "./containers";
import type { VariablesFact } from "./facts";
import type { Sides } from "./sides";

/** Variables that come with what a service uses, and with how it runs; those that its manifest names are in its own line. */
export function variableFacts({ pairs }: Sides): VariablesFact[] {
  return pairs.flatMap(({ name, before, after }): VariablesFact[] => {
    const [was, is] = [variablesOf(before), variablesOf(after)];
    const own = new Set([...ownNames(before), ...ownNames(after)]);
    const names = [...new Set([...was.keys(), ...is.keys()])].filter((variable) => !own.has(variable)).sort();
    const gains = names.filter((variable) => !was.has(variable));
    const loses = names.filter((variable) => !is.has(variable));
    const changes = names.filter(
      (variable) => was.has(variable) && is.has(variable) && was.get(variable)!.value !== is.get(variable)!.value,
    );
    if (gains.length + loses.length + changes.length === 0) return [];
    const secrets = [...gains, ...loses, ...changes].filter((variable) => (is.get(variable) ?? was.get(variable))!.isSecret);
    return [{ kind: "variables", of: name, gains, loses, changes, secrets }];
  });
}

interface Variable {
  value: unknown;
  isSecret: boolean;
}

function variablesOf(parts: ServiceParts): Map<string, Variable> {
  return new Map<string, Variable>(
    containersIn(parts).flatMap(({ environment = [], secrets = [] }) => [
      ...environment.map(({ name, value }) => [name, { value, isSecret: false }] as const),
      ...secrets.map(({ name, valueFrom }) => [name, { value: valueFrom, isSecret: true }] as const),
    ]),
  );
}

interface Named {
  environment?: object;
  secrets?: object;
}

function ownNames({ spec }: ServiceParts): string[] {
  const { sidecars = {}, ...main } = (spec ?? {}) as Named & { sidecars?: Record<string, Named> };
  return [main, ...Object.values(sidecars)].flatMap(({ environment = {}, secrets = {} }) => [
    ...Object.keys(environment),
    ...Object.keys(secrets),
  ]);
}
