import type { ParameterExpansionPart, SimpleExpansionPart } from "unbash";

import { finding, type Finding } from "../finding";
import type { Run } from "./run";
import { bashism } from "./shellSyntax";

/** Operations that dash ends at as it comes to them: "Bad substitution". */
const notOfDash = new Set(["Slice", "Replace", "CaseModification", "Transform", "Names"]);

/** What dash can't fill in; undefined for what it can. Each was given to dash 0.5.12. */
export function badSubstitution({ text, prefix, index, operation }: ParameterExpansionPart): Finding | undefined {
  if (prefix !== "!" && !index && !notOfDash.has(operation?.type ?? "")) return undefined;
  return bashism(text.slice(0, 100), "dash", text.slice(0, 200));
}

/** `${NAME:?}`, or any use of it under `set -u`. */
export function missingVariable({ text }: SimpleExpansionPart | ParameterExpansionPart, { state }: Run): Finding {
  const name = /^\$\{?[!#]?(\w+)/.exec(text)?.[1] ?? text;
  const isArgument = /^\d/.test(name);
  const who = isArgument
    ? "which it is not given"
    : state.variables.get(name)?.isUnset
      ? "which neither the image nor the task sets"
      : "which is empty";
  return finding(
    "FL2154",
    `the shell ends where it needs ${isArgument ? `$${name}` : name}, ${who}: ${text.slice(0, 200)}`,
    isArgument
      ? "Give it as command, or give it a default: ${1:-…}."
      : `Set ${name} in the service.yaml (environment, secrets) or in the Dockerfile, or give it a default: \${${name}:-…}.`,
  );
}
