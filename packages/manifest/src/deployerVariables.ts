import { isMap, type DiagnosticCode } from "@fairlead/model";
import type { YamlSource } from "@fairlead/model/files";

import type { Diagnostic } from "./diagnostic";

/** What manifests may read of the environment of whoever deploys. */
export interface Deployer {
  /** Name of the environment that is deployed. */
  environment: string;
  /** Variables that are set, by name. */
  variables: Readonly<Record<string, string | undefined>>;
}

const key = "deployerVariables";
const reference = /\$\{([A-Za-z_]\w*)\}/g;

/** A manifest with the variables that it declares in place of `${NAME}`; those that are not set and have no default stay, to be told of. */
export function withDeployerVariables(value: unknown, { environment, variables }: Deployer): unknown {
  const layers = layersOf(value, environment).map(({ part }) => declared(part));
  if (layers.every((each) => Object.keys(each).length === 0)) return value;
  // The environment's part comes last, so that its default counts.
  const defaults = Object.assign({}, ...layers) as Record<string, string | undefined>;
  const valueOf = (name: string) => (name in defaults ? (variables[name] ?? defaults[name]) : undefined);
  return mapped(value, (text) => text.replaceAll(reference, (whole, name: string) => valueOf(name) ?? whole));
}

/** Variables that a manifest asks for, in what of it is for an environment, and that were not put in their place. */
export function missingVariables(source: YamlSource<DiagnosticCode>, environment: string): Diagnostic[] {
  const { file, value } = source;
  const layers = layersOf(value, environment);
  const texts = layers.flatMap(({ part }) => [...textsIn(part)]);
  const used = new Set(texts.flatMap((text) => [...text.matchAll(reference)].map(([, name]) => name!)));
  return layers.flatMap(({ path, part }) =>
    Object.keys(declared(part)).flatMap((name): Diagnostic[] => {
      if (!used.has(name)) return [];
      return [
        {
          code: "FL1053",
          file,
          ...source.locateKey([...path, key, name]),
          problem: `the variable ${name} is not set where this runs`,
          expected: `a value of ${name} in the environment of whoever deploys`,
          consequence: `What has \${${name}} in it would be deployed with that text.`,
          fix: `Set it, such as ${name}=… pulumi up; in a workflow under env. Or give it a default.`,
        },
      ];
    }),
  );
}

/** What of a manifest counts in an environment. */
function layersOf(value: unknown, environment: string): { path: string[]; part: unknown }[] {
  if (!isMap(value)) return [];
  const { environments, ...base } = value;
  const own = isMap(environments) ? environments[environment] : undefined;
  return [
    { path: [], part: base },
    { path: ["environments", environment], part: own },
  ];
}

/** Defaults by name. */
function declared(part: unknown): Record<string, string | undefined> {
  const names = isMap(part) ? part[key] : undefined;
  if (!isMap(names)) return {};
  return Object.fromEntries(
    Object.entries(names).map(([name, each]) => [name, isMap(each) && typeof each.default === "string" ? each.default : undefined]),
  );
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (isMap(value)) for (const item of Object.values(value)) yield* textsIn(item);
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, change)])) : value;
}
