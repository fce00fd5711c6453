import { serviceSchema } from "@fairlead/manifest";
import { stringify } from "yaml";

import { inComment } from "./comment";
import type { Imported, ImportedService } from "./imported";

/** The text of a service.yaml. */
export function serviceYaml(
  { name, type, layers }: ImportedService,
  { application, origin }: Pick<Imported, "application" | "origin">,
): string {
  const { base, environments } = layers;
  const inEach = Object.fromEntries(Object.entries(environments).map(([environment, values]) => [environment, ordered(values)]));
  const manifest = { ...ordered(base), ...(Object.keys(environments).length > 0 ? { environments: inEach } : {}) };
  const text = stringify(manifest, { lineWidth: 0, indent: 2, defaultStringType: "PLAIN", singleQuote: false });
  const what = inComment(`${name} of the ${origin.what} ${application}, ${/^[aeiou]/i.test(type) ? "an" : "a"} ${type}.`);
  return `# ${what} What is otherwise than it was: import-report.md.\n${text}`;
}

/** Keys in the order of docs/service.yaml.md. */
function ordered(values: Record<string, unknown>): Record<string, unknown> {
  const order = Object.keys(serviceSchema.properties);
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}
