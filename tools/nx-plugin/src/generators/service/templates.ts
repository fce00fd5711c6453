import { Refusal } from "../refusal";
import schema from "./schema.json";

/** Whoever adds a template adds its folder in files/ and its line in schema.json: prompts, help and this check read it there. */
export function refuseUnknownTemplate(template: string): void {
  const known = schema.properties.template["x-prompt"].items.map(({ value }) => value);
  if (!known.includes(template)) throw new Refusal(`There is no template "${template}". Templates: ${known.join(", ")}.`);
}
