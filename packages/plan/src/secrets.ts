import { secretSignature, signatureKey } from "./wireFormat";

/** What stands in the plan where a secret was. */
export const redacted = "[secret]";

/** Drops the values of secrets, at any depth; the engine's wire format marks them with a signature. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value !== null && typeof value === "object") {
    if ((value as Record<string, unknown>)[signatureKey] === secretSignature) return redacted;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
  }
  return value;
}
