import { isMap, isScalar, type Node } from "yaml";

import type { Place } from "./place";
import { renaming } from "./words";
import { pairOf, YamlText } from "./yamlText";

/** environments.json with a new environment after another, and all else as somebody wrote it. */
export function environmentsWith(file: string, text: string, environments: readonly string[], name: string, after: string): string {
  if (environments.includes(name)) return text;
  const yaml = new YamlText(file, text);
  const list = yaml.list("environments")!;
  const previous = list.items[environments.indexOf(after)]!;
  yaml.copyAfter(list, previous, previous, renaming(after, name, environments));
  return yaml.toString();
}

/** A file with a list of entries that each name a stack (usage.yaml, policy-exceptions.yaml): the new stack gets what the other one has. */
export function entriesWith(file: string, text: string, key: string, { from, name, rename }: Place): string {
  const yaml = new YamlText(file, text);
  const list = yaml.list(key);
  const stackOf = (entry: Node) => (isMap(entry) ? entry.get("stack") : undefined);
  const others = list?.items.filter((entry) => stackOf(entry) === from) ?? [];
  if (!list || list.items.some((entry) => stackOf(entry) === name)) return text;
  for (const entry of others) yaml.copyAfter(list, entry, others.at(-1)!, rename);
  return yaml.toString();
}

/** A manifest in which the new environment differs from the rest as the other one does. */
export function manifestWith(file: string, text: string, { from, name, rename }: Place): string {
  const yaml = new YamlText(file, text);
  const environments = yaml.map("environments");
  const pair = pairOf(environments, from);
  if (!pair || pairOf(environments, name)) return text;
  yaml.copyAfter(environments!, pair, pair, rename);
  return yaml.toString();
}

/** The configuration of a stack that makes roles: it lists environments, where not all of them are in its account. */
export function accessWith(file: string, text: string, { from, name, rename }: Place): string {
  const yaml = new YamlText(file, text);
  const key = yaml
    .map("config")
    ?.items.map(({ key: node }) => (isScalar(node) ? String(node.value) : ""))
    .find((one) => one.endsWith(":deployEnvironments"));
  const list = key === undefined ? undefined : yaml.list("config", key);
  const itemOf = (environment: string) => list?.items.find((item) => isScalar(item) && item.value === environment);
  const item = itemOf(from);
  if (!item || itemOf(name)) return text;
  yaml.copyAfter(list!, item, item, rename);
  return yaml.toString();
}

/** environments.md with a line for the new environment after the other's. */
export function documentWith(text: string, { from, name }: Place, region: string): string {
  const line = (environment: string) => new RegExp(`^- \\*\\*${environment}\\*\\*[^\\n]*(?:\\n  [^\\n]*)*`, "m");
  if (line(name).test(text)) return text;
  return text.replace(line(from), (whole) => `${whole}\n- **${name}** began as a copy of ${from}, in ${region}.`);
}
