import type { Plan } from "@fairlead/plan";

import type { LocalData } from "./model";
import { meant, ofType, outputsOf, throwAwayPassword } from "./planResources";

const valueType = "pulumi-nodejs:dynamic/fairlead:GeneratedValue";
const secretType = "aws:secretsmanager/secret:Secret";

/** Secrets whose values `up` makes on AWS: here each has one that protects nothing, of the same length. */
export function generatedSecrets(plan: Plan): LocalData[] {
  const secrets = ofType(plan, secretType);
  return ofType(plan, valueType).flatMap((value): LocalData[] => {
    const secret = meant(value.inputs.secretArn, secrets, []);
    if (!secret) return [];
    const text = throwAwayPassword(value.urn).repeat(8).slice(0, Number(value.inputs.length));
    return [
      {
        resources: [value.urn, secret.urn],
        outputs: outputsOf(value.urn, { versionId: "local" }),
        secrets: { [`${secret.urn}#arn`]: text },
        ...{ part: {}, dependsOn: {}, environment: {}, mounts: [] },
      },
    ];
  });
}
