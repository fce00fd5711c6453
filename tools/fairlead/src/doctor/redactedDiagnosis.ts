import type { Diagnosis } from "@fairlead/diagnosis";

import { redact, secretsOfEnvironment } from "../smoke/redaction";

/** A diagnosis without what whoever asks has as a secret of his own: a service may log the very token that lies in the environment. */
export function redactedDiagnosis(diagnosis: Diagnosis): Diagnosis {
  const redaction = { secrets: secretsOfEnvironment(process.env), accountId: undefined, folders: [] };
  const safe = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value, redaction);
    if (Array.isArray(value)) return value.map(safe);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safe(item)]));
  };
  return safe(diagnosis) as Diagnosis;
}
