import { accessOf, bindingParts, bindingVariables, dataKinds, defaultAccessOf, type DataKind } from "@fairlead/model";

import { serviceSchema } from "./compiledSchema";

interface Schema {
  anyOf?: Schema[];
  const?: unknown;
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

const types: Record<string, string> = {
  integer: "whole number",
  number: "number",
  string: "text",
  boolean: "true or false",
  object: "map",
  array: "list",
};

/** The page of every key of service.yaml, from its schema. */
export function manifestPage(): string {
  const { properties = {} } = serviceSchema as unknown as Schema;
  const keys = Object.entries(properties).filter(([key]) => key !== "environments");
  return `# service.yaml

Every key, from the same source as the types, the checks and the editors' completion (\`packages/manifest/src/schema\`). \`npm run generate\` writes this page.

A manifest needs \`name\`, a \`kind\` if it is no web service, and what its kind needs: \`containerPort\` for a web or backend service, \`schedule\` for a
scheduled job. All else has a default. \`npx fairlead manifest show <service> <environment>\` prints the result with where each value comes from.

Under \`environments\`, each key but \`name\`, \`version\`, \`owner\` and \`kind\` may stand again for one environment. Maps merge; single values and lists
replace. Of forms that exclude each other the environment's counts: its \`ssm\` unsets the base's \`secretsManager\`, its \`environment\` variable the base's
secret of that name, and its \`deployment.strategy\` the keys of other strategies.

${table(
  ["key", "type", "default", "limits", "what it is"],
  keys.flatMap(([key, schema]) => rows(key, schema)),
)}

## Kinds of data

What \`uses\` can name, with what a service gets of each. A worker stands at the other end of what others fill.

${table(["kind", "variables of a binding named `orders`", "parts for `as`", "access", "default", "default of a worker"], dataKinds.map(kindRow))}

A variable of one's own name (\`as\`) is there besides the usual one. \`url\` of a postgres is a secret with all of it:
\`postgresql://<user>:<password>@<host>:<port>/<database>?sslmode=require\`. \`secret\` of it is the same as JSON, in the keys that RDS's own
secrets have: \`username\`, \`password\`, \`engine\`, \`host\`, \`port\`, \`dbname\`.
`;
}

function kindRow(kind: DataKind): string[] {
  const { environment, secrets } = bindingVariables(kind, "orders") as Record<"environment" | "secrets", Record<string, string>>;
  const kept = codes(Object.values(secrets));
  return [
    codes([kind]),
    codes(Object.values(environment)) + (kept && `; from Secrets Manager: ${kept}`),
    codes([...bindingParts(kind, "orders").keys()]),
    codes(accessOf(kind)),
    codes([defaultAccessOf(kind, "web-service")]),
    codes([defaultAccessOf(kind, "worker")]),
  ];
}

function codes(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

function rows(path: string, schema: Schema): string[][] {
  const own = [
    `\`${path}\``,
    typeOf(schema),
    schema.default === undefined ? "" : `\`${String(schema.default)}\``,
    limitsOf(schema),
    cell(schema.description ?? ""),
  ];
  const inner = schema.type === "array" ? schema.items : schema;
  const prefix = schema.type === "array" ? `${path}[]` : path;
  const nested = Object.entries(inner?.properties ?? {}).flatMap(([key, value]) => rows(`${prefix}.${key}`, value));
  const named = Object.values(inner?.patternProperties ?? {})
    .filter(({ properties }) => properties)
    // A sidecar has the keys of every container, which stand above already.
    .flatMap(({ properties = {} }) =>
      path === "sidecars"
        ? sidecarRows(properties)
        : Object.entries(properties).flatMap(([key, value]) => rows(`${prefix}.<name>.${key}`, value)),
    );
  return [own, ...nested, ...named];
}

function sidecarRows(properties: Record<string, Schema>): string[][] {
  const shared = Object.keys((serviceSchema as unknown as Schema).properties ?? {});
  const own = Object.entries(properties).filter(
    ([key]) => !shared.includes(key) || ["cpu", "memoryMiB", "containerPort", "image"].includes(key),
  );
  const others = Object.keys(properties).filter((key) => !own.some(([name]) => name === key));
  return [
    ...own.flatMap(([key, value]) => rows(`sidecars.<name>.${key}`, value)),
    ["`sidecars.<name>.…`", "", "", "", `As above, for this container: ${others.map((key) => `\`${key}\``).join(", ")}.`],
  ];
}

function typeOf({ type, items, enum: values, anyOf, const: only, patternProperties, properties }: Schema): string {
  if (anyOf) return anyOf.map(typeOf).join(" \\| ");
  if (only !== undefined) return `\`${String(only)}\``;
  if (values) return values.map((value) => `\`${value}\``).join(" \\| ");
  if (type === "array")
    return `list of ${items?.properties ? "maps" : items?.enum ? items.enum.map((value) => `\`${value}\``).join(" \\| ") : `${types[items?.type ?? "string"]}s`}`;
  if (patternProperties && !properties) return "map by name";
  return types[type ?? ""] ?? "";
}

function limitsOf({ minimum, maximum, exclusiveMinimum, maxLength, minItems, maxItems }: Schema): string {
  const range =
    minimum !== undefined || maximum !== undefined
      ? [`${minimum ?? ""} to ${maximum ?? ""}`.replace(/ to $/, " or more").replace(/^ to /, "up to ")]
      : [];
  return [
    ...range,
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maxLength === undefined ? [] : [`${maxLength} characters`]),
    ...(maxItems === undefined ? [] : [`${minItems ?? 0} to ${maxItems} items`]),
  ].join(", ");
}

function table(heads: string[], lines: string[][]): string {
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/</g, "&lt;");
}
