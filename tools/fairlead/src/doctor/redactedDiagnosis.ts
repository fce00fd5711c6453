import type { Diagnosis } from "@fairlead/diagnosis";

import { redact, secretsOfEnvironment } from "../smoke/redaction";

const arn = /(arn:aws[\w-]*:[^\s"',]+)/;

/**
 * A diagnosis without what whoever asks has as a secret of his own: a service may log the very token that lies in the environment. Only what is quoted can have
 * it. Names, ARNs, commands and changes stay as they are, or nobody could use them: where a secret is a word such as `test`, a cluster may have it for a name.
 */
export function redactedDiagnosis(diagnosis: Diagnosis): Diagnosis {
  const redaction = { secrets: secretsOfEnvironment(process.env), accountId: undefined, folders: [] };
  const safe = (text: string) =>
    text
      .split(arn)
      .map((part, index) => (index % 2 === 1 ? part : redact(part, redaction)))
      .join("");
  return {
    ...diagnosis,
    causes: diagnosis.causes.map((cause) => ({
      ...cause,
      problem: safe(cause.problem),
      evidence: cause.evidence.map(({ where, saw }) => ({ where, saw: safe(saw) })),
    })),
    waits: diagnosis.waits.map(({ wait, what }) => ({ wait, what: safe(what) })),
    unseen: diagnosis.unseen.map((unseen) => ({ ...unseen, words: safe(unseen.words) })),
    reason: diagnosis.reason === null ? null : safe(diagnosis.reason),
  };
}
