import {
  bindingNames,
  bindingParts,
  bindingVariables,
  calleeVariable,
  closest,
  portVariable,
  regionVariable,
  tracingVariables,
} from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { EnvironmentOffers, ServiceSpec } from "../spec";
import type { Rule } from "./rule";

/** A variable that the service's own container gets by itself. */
interface Given {
  variable: string;
  /** What of the manifest brings it. */
  from: string;
  isSecret: boolean;
}

/**
 * A secret does not bear the name of a variable that the service gets by itself, nor a variable that of a secret: ECS takes each name once.
 * A variable may take the place of one that is given, and a secret that of a secret, or of the URL of a service that is called, as one with a login has it; who
 * writes that wants it.
 */
export const variables: Rule = ({ spec, offers, locate }) => {
  const given = givenTo(spec, offers);
  const taken = (key: "environment" | "secrets", { variable, from }: Given, fix: string): Diagnostic => ({
    code: "FL1036",
    ...locate([key, variable]),
    problem: `${key}.${variable} is a name that the service has already, from ${from}`,
    expected: `a name that is none of ${given.map((each) => each.variable).join(", ")}`,
    consequence: "ECS would refuse the task definition: a name is either a variable or a secret.",
    fix,
  });
  return given.flatMap((each): Diagnostic[] => {
    const { variable, isSecret } = each;
    if (!isSecret && variable in spec.secrets) return [taken("secrets", each, `Rename it, or remove it and read ${variable} as it is.`)];
    if (isSecret && variable in spec.environment) {
      return [taken("environment", each, "Remove it, or write it under secrets, where it takes the place of the one that is given.")];
    }
    return [];
  });
};

/** What is composed is made of variables that the service has, and whose values stand in its task definition anyway. */
export const composed: Rule = ({ spec, offers, locate }) => {
  const given = givenTo(spec, offers);
  const open = new Set([...given.flatMap(({ variable, isSecret }) => (isSecret ? [] : [variable])), ...Object.keys(spec.environment)]);
  const kept = new Set([...given.flatMap(({ variable, isSecret }) => (isSecret ? [variable] : [])), ...Object.keys(spec.secrets)]);
  for (const name of Object.keys(spec.composedEnvironment ?? {})) open.delete(name);
  return Object.entries(spec.composedEnvironment ?? {}).flatMap(([variable, text]) =>
    [...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]): Diagnostic[] => {
      if (open.has(name!)) return [];
      const suggestion = closest(name!, [...open]);
      return [
        {
          code: "FL1054",
          ...locate(["composedEnvironment", variable]),
          problem: `composedEnvironment.${variable} is made of ${name}, ${kept.has(name!) ? "a secret" : "which the service does not have"}`,
          expected: `one of ${[...open].sort().join(", ")}`,
          fix: kept.has(name!)
            ? "Have the program put it together: a secret stands in no task definition."
            : suggestion
              ? `Did you mean "${suggestion}"?`
              : "Name a variable that environment, calls or uses brings.",
        },
      ];
    }),
  );
};

function givenTo(
  { containerPort, calls, uses, tracing, secrets, composedEnvironment = {}, cloudFormationExports = {}, publicUrls = {} }: ServiceSpec,
  { data = {} }: EnvironmentOffers,
): Given[] {
  const all = (names: readonly string[], from: string, isSecret = false) => names.map((variable) => ({ variable, from, isSecret }));
  return [
    ...all([regionVariable], "the environment's region"),
    ...all(containerPort ? [portVariable] : [], "containerPort"),
    ...calls
      .filter((callee) => !(calleeVariable(callee) in secrets))
      .flatMap((callee) => all([calleeVariable(callee)], `calls: ${callee}`)),
    ...uses.flatMap(({ name, as = {} }) => {
      const kind = data[name];
      if (!kind) return [];
      const { environment, secrets } = bindingVariables(kind, name);
      const parts = bindingParts(kind, name);
      const own = Object.keys(as).flatMap((part) =>
        all(bindingNames(as, part), `uses: ${name}, as ${part}`, parts.get(part)?.isSecret === true),
      );
      return [...all(Object.values(environment), `uses: ${name}`), ...all(Object.values(secrets), `uses: ${name}`, true), ...own];
    }),
    ...all(Object.keys(cloudFormationExports), "cloudFormationExports"),
    ...all(Object.keys(publicUrls), "publicUrls"),
    ...all(Object.keys(composedEnvironment), "composedEnvironment"),
    ...(tracing ? all(Object.keys(tracingVariables[tracing]), `tracing: ${tracing}`) : []),
  ];
}
