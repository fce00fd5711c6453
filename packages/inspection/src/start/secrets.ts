import { startVariableNames } from "@fairlead/model";

import { may, type Finding } from "../finding";
import type { ContainerSettings } from "../container/containerSettings";

/** Of findings that a variable may decide: none is proven where its value is a secret, which nobody knows before the task starts. */
export function unlessSecret({ secrets = [] }: ContainerSettings, findings: Finding[]): Finding[] {
  const deciding = secrets.filter((name) => startVariableNames.has(name));
  if (deciding.length === 0) return findings;
  return findings.map((found) =>
    may({ ...found, problem: `${found.problem} (unless a secret of the task says otherwise: ${deciding.join(", ")})` }),
  );
}
