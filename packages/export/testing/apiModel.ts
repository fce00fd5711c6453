/**
 * The models that AWS's SDK has of the APIs: a structure is `[3, namespace, name, traits, members, their models, how many are required]`, a list `[1, …, item]`, a map
 * `[2, …, key, value]`, a plain value a number. A function gives the model that it stands for, and `[model, traits]` one with traits.
 */
type Model = number | readonly unknown[] | (() => Model);

const kinds = { text: 0, number: 1, boolean: 2, list: 1, map: 2, structure: 3 };
/** Flags of lists and maps whose items are plain. */
const [plainList, plainMap] = [64, 128];

/** What of a value the API would refuse: keys that it doesn't know, values of another kind, members that are missing. */
export function againstModel(value: unknown, model: unknown, path = ""): string[] {
  const known = resolved(model as Model);
  if (typeof known === "number") return ofPlain(value, known, path);
  const [kind, , , , first, second, required] = known as [number, unknown, unknown, unknown, unknown, unknown, number?];
  if (kind === kinds.list)
    return Array.isArray(value) ? value.flatMap((item, index) => againstModel(item, first, `${path}[${index}]`)) : [`${path}: no list`];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path}: no map`];
  const entries = Object.entries(value);
  if (kind === kinds.map) return entries.flatMap(([key, item]) => againstModel(item, second, `${path}.${key}`));
  const [names, models] = [first as string[], second as Model[]];
  const missing = names.slice(0, required ?? 0).filter((name) => !(name in value));
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...entries.flatMap(([key, item]) =>
      names.includes(key) ? againstModel(item, models[names.indexOf(key)], `${path}.${key}`) : [`${path}.${key}: unknown`],
    ),
  ];
}

function resolved(model: Model): number | readonly unknown[] {
  if (typeof model === "function") return resolved(model());
  return Array.isArray(model) && model.length === 2 ? resolved(model[0] as Model) : (model as number | readonly unknown[]);
}

function ofPlain(value: unknown, model: number, path: string): string[] {
  if (model & plainList)
    return Array.isArray(value) ? value.flatMap((item) => ofPlain(item, model - plainList, path)) : [`${path}: no list`];
  if (model & plainMap)
    return typeof value === "object" ? Object.values(value!).flatMap((item) => ofPlain(item, model - plainMap, path)) : [path];
  const wanted = { [kinds.text]: "string", [kinds.number]: "number", [kinds.boolean]: "boolean" }[model];
  // Times are texts on the command line.
  return wanted === undefined || typeof value === wanted ? [] : [`${path}: ${typeof value}, not ${wanted}`];
}
