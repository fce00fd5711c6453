import type { Estimator } from "./estimator";

/** Public certificates are free, unless their private key can be exported. */
const certificate: Estimator = ({ inputs }) => {
  const { export: exported } = (inputs.options ?? {}) as { export?: string };
  const what = inputs.certificateAuthorityArn ? "private certificate" : exported === "ENABLED" ? "exportable certificate" : undefined;
  return what ? [{ what, unknown: "the file has no price of it" }] : [];
};

export const names: Record<string, Estimator> = {
  "aws:acm/certificate:Certificate": certificate,
  // Route 53 answers queries for aliases of AWS's resources for nothing.
  "aws:route53/record:Record": ({ inputs }) =>
    inputs.aliases ? [] : [{ what: "queries for the record", unknown: "how many there are is known to nobody here", decidedBy: [] }],
};
