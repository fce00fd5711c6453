/** What somebody says about one thing or several. */
export interface Statement {
  /** The SHA-256 digests that it is about, in hexadecimal. */
  subjects: string[];
  /** `https://spdx.dev/Document`; of a signature of cosign's the type that it has since its statements are in-toto's. */
  predicateType: string;
  predicate?: unknown;
}

/**
 * @throws Error for what is no such statement
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function inTotoStatement(value: unknown): Statement {
  const { subject, predicateType, predicate } = mapOf(value);
  if (!Array.isArray(subject) || typeof predicateType !== "string") throw new Error("it is no statement of in-toto's");
  const subjects = subject.slice(0, 1000).flatMap((each: unknown) => {
    const { sha256 } = mapOf(mapOf(each).digest);
    return typeof sha256 === "string" ? [sha256] : [];
  });
  return { subjects, predicateType, predicate };
}

/** A map of others' making: empty for anything else. */
export function mapOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
