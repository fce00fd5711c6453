// Also bundled for the report's page: nothing of Node in here.
import { withoutLogins } from "@fairlead/model/withoutLogins";
import { isReference, referencesIn } from "@fairlead/plan/outputReference";

const longest = 80;

/** A value as a person reads it in a line: what is known only after apply as `<api digest>`, long texts cut off. */
export function shortText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return cut(withNames(value));
  const [reference] = isReference(value) ? referencesIn(value) : [];
  return reference ? nameOf(reference) : cut(withNames(JSON.stringify(value) ?? ""));
}

/** `${urn:…::api#digest}` → `<api digest>`: what apply will fill in. */
export function withNames(text: string): string {
  return withoutLogins(
    text
      .replace(/\{"\$output":"([^"#]+)#([^"]+)"\}/g, (_, urn: string, attribute: string) => nameOf({ urn, attribute }))
      .replace(/\$\{urn:[^}]+\}/g, (part) => referencesIn(part).map(nameOf).join("")),
  );
}

function nameOf({ urn, attribute }: { urn: string; attribute: string }): string {
  return `<${urn.split("::").at(-1)} ${attribute}>`;
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
