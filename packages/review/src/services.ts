import { servicesIn, type ChangeSet } from "@fairlead/changes";

import type { Danger } from "./danger";

/** What of a service's spec is read here. */
interface Spec {
  /** Of a job: the services that wait for its run. */
  before?: string[];
  secrets?: Record<string, unknown>;
}

/** What changes between services and jobs that no single resource tells. */
export function changedServices(changes: ChangeSet): Danger[] {
  const [before, after] = [servicesIn(changes.before), servicesIn(changes.after)];
  return [...after].flatMap(([name, { urn, spec }]) => {
    const was = before.get(name);
    if (!was?.spec || !spec) return [];
    const told = (severity: Danger["severity"], title: string, text: string): Danger => ({
      severity,
      title,
      text,
      forcedBy: [],
      urns: [urn],
    });
    const [old, now] = [was.spec as Spec, spec as Spec];
    const dangers: Danger[] = [];
    const ungated = (old.before ?? []).filter((service) => after.has(service) && !now.before?.includes(service));
    if (ungated.length > 0)
      dangers.push(
        told(
          "lessProtected",
          `${name} no longer runs before ${ungated.join(", ")}`,
          "A new version starts without waiting for it: what it changes in the data may not be there yet.",
        ),
      );
    const secrets = Object.keys(now.secrets ?? {}).filter(
      (key) => old.secrets?.[key] !== undefined && place(old.secrets[key]) !== place(now.secrets![key]),
    );
    if (secrets.length > 0)
      dangers.push(
        told(
          "unknown",
          `${name} reads another secret as ${secrets.join(", ")}`,
          "Whether it has the value that the program expects can't be told here.",
        ),
      );
    return dangers;
  });
}

/** Where a secret is kept, without how it is used. */
function place(secret: unknown): string {
  const { redeployOnChange: _, ...rest } = (secret ?? {}) as { redeployOnChange?: boolean };
  return JSON.stringify(rest);
}

/** Outputs of the stack that go: other stacks, and people, read them. */
export function removedOutputs({ before, after }: ChangeSet): Danger[] {
  if (before.resources.length === 0 || after.resources.length === 0) return [];
  const gone = Object.keys(before.outputs).filter((name) => !(name in after.outputs));
  if (gone.length === 0) return [];
  const urns = after.resources.filter(({ type }) => type === "pulumi:pulumi:Stack").map(({ urn }) => urn);
  const text = "A stack or a script that reads it fails.";
  return [
    {
      severity: "interruption",
      title: `no longer has the ${gone.length === 1 ? "output" : "outputs"} ${gone.join(", ")}`,
      forcedBy: [],
      text,
      urns,
    },
  ];
}
