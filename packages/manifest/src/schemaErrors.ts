import { basename, dirname } from "node:path";
import { closest, firstFew, likelySecret, namesSecret, shortened } from "@fairlead/model";
import type { ErrorObject } from "ajv";

import { validate } from "./compiledSchema";
import type { Diagnostic } from "./diagnostic";
import type { ManifestSource } from "./manifestSource";

/** Checks a manifest against the schema and says of each problem where it stands. */
export function schemaDiagnostics(source: ManifestSource): Diagnostic[] {
  if (validate(source.value)) return [];
  const errors = validate.errors ?? [];
  const told = new Set<string>();
  return (
    errors
      // Of a value of the wrong type, which is told first, all else that the schema asks of it is wrong as well, and says nothing more.
      .filter((error) => {
        if (isOfMap(error)) return true;
        const isFirst = !told.has(error.instancePath);
        told.add(error.instancePath);
        return isFirst;
      })
      .map((error) =>
        isSecret(error) ? { ...diagnose({ ...error, data: "…" }, source, error.data), isSecret: true } : diagnose(error, source),
      )
  );
}

/** Whether it is about one of a map's keys, of which several may be wrong. */
function isOfMap({ keyword }: ErrorObject): boolean {
  return keyword === "additionalProperties" || keyword === "required";
}

/** Whether the value is likely a secret, which nobody may read in a message: by its name, by its form, or written where the place of one belongs. */
function isSecret({ instancePath, data }: ErrorObject): boolean {
  const path = pathOf(instancePath);
  if (data === null || typeof data === "object" || path.length === 0) return false;
  const name = String(path.at(-1));
  return path.at(-2) === "secrets" || namesSecret(name) || likelySecret(name, String(data)) !== undefined;
}

/** Where in a manifest an error of the schema is. */
export function pathOf(instancePath: string): (string | number)[] {
  return instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** @param data what is there, where the error's own is not to be shown */
function diagnose(error: ErrorObject, source: ManifestSource, data: unknown = error.data): Diagnostic {
  const path = pathOf(error.instancePath);
  const name = path.length > 0 ? path.join(".") : "the manifest";
  const here = { file: source.file, ...source.locate(path) };
  const shown = shortened(JSON.stringify(error.data) ?? String(error.data), 80);
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object) ?? {});
      const position = { file: source.file, ...source.locateKey([...path, key]) };
      if (known.length === 0) {
        const expected = "a name of letters, digits, dots, hyphens or underscores that the key allows";
        return { code: "FL1002", ...position, problem: `"${key}" is no name that ${name} allows`, expected, fix: "Rename the key." };
      }
      const suggestion = closest(key, known);
      return {
        code: "FL1002",
        ...position,
        problem: `unknown key "${key}"${path.length > 0 ? ` in ${name}` : ""}`,
        expected: `one of ${firstFew(known, 7)}`,
        fix: suggestion
          ? `Did you mean "${suggestion}"?`
          : "Remove it, or move it under the key that has it: docs/service.yaml.md lists them all.",
      };
    }
    case "required": {
      const key = String(error.params.missingProperty);
      const expected = describe((error.parentSchema?.properties as Record<string, unknown>)?.[key]);
      return { code: "FL1004", ...here, problem: `${name} has no "${key}"`, expected, fix: `Add "${key}: …".` };
    }
    case "type": {
      if (path.length === 0 && error.data === null) return { ...here, ...empty(source) };
      const wanted = String(error.params.type);
      const fix =
        wanted === "string" && data !== null && typeof data !== "object"
          ? `Quote it: "${String(error.data)}".`
          : `Write ${article(wanted)}.`;
      return {
        code: "FL1003",
        ...here,
        problem: `${name} is ${shown}, ${kindOf(data)}`,
        expected: describe(error.parentSchema),
        fix,
      };
    }
    case "enum": {
      const allowed = error.params.allowedValues as string[];
      const suggestion = closest(String(error.data), allowed) ?? allowed[0];
      return {
        code: "FL1005",
        ...here,
        problem: `${name} is ${shown}`,
        expected: `one of ${allowed.join(", ")}`,
        fix: `Did you mean "${suggestion}"?`,
      };
    }
    default:
      return {
        code: "FL1005",
        ...here,
        problem: `${name} is ${shown}`,
        expected: `${describe(error.parentSchema)} (${error.message})`,
        fix: fixOf(error),
      };
  }
}

/** What to do about a value of the right type that is not allowed. */
function fixOf({ keyword, params, parentSchema }: ErrorObject): string {
  const { limit } = params as { limit?: number };
  switch (keyword) {
    case "maximum":
      return `Set it to ${limit} or less.`;
    case "minimum":
      return `Set it to ${limit} or more.`;
    case "minItems":
    case "minLength":
      return `Write at least ${limit}, or remove the key.`;
    case "maxItems":
    case "maxLength":
      return `Write at most ${limit}.`;
    case "uniqueItems":
      return "Remove the one that stands twice.";
    default:
      return `Write ${describe(parentSchema)}.`;
  }
}

function empty({ file }: ManifestSource): Omit<Diagnostic, "file" | "line" | "column"> {
  const name = basename(dirname(file));
  return {
    code: "FL1003",
    problem: "the manifest is empty",
    expected: "a map with at least a name, and what the kind of service can't do without",
    fix: `Write "name: ${name}", and "containerPort: 3000" with the port that it listens on; "kind: worker" instead where it listens on none.`,
  };
}

function describe(schema: unknown): string {
  const { type, description } = (schema ?? {}) as { type?: string; description?: string };
  return [article(type ?? "value"), description].filter(Boolean).join(": ").replace(/\.$/, "");
}

function article(type: string): string {
  const words: Record<string, string> = {
    object: "a map",
    array: "a list",
    integer: "a whole number",
    string: "a text",
    boolean: "true or false",
  };
  return words[type] ?? `a ${type}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return { object: "a map", string: "a text", number: "a number", boolean: "a boolean" }[typeof value as "object"] ?? typeof value;
}
