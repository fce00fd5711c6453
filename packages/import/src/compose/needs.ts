import type { ServiceTranslation } from "./serviceTranslation";

/** Writes what a service is bound to and whom it calls. */
export function writeNeeds(translation: ServiceTranslation): void {
  const uses = [...translation.uses].map(([name, { as, access, containerPath }]) => ({
    name,
    ...(access ? { access } : {}),
    ...(Object.keys(as).length > 0 ? { as } : {}),
    ...(containerPath ? { containerPath } : {}),
  }));
  if (uses.length > 0) translation.set("uses", uses);
  if (translation.calls.size > 0) translation.set("calls", [...translation.calls]);
}

/** Services that wait for a job: `before` of the job says so. Of jobs none waits for another. */
export function tellOrder(translation: ServiceTranslation, taken: readonly ServiceTranslation[]): void {
  const jobs = taken.filter(({ key, role }) => role === "job" && translation.dependsOn.get(key) === "service_completed_successfully");
  const field = translation.root.at("depends_on");
  if (jobs.length === 0 || !field) return;
  const names = jobs.map(({ service }) => service).join(", ");
  if (translation.role === "job")
    return field.claim({
      outcome: "decide",
      to: "kind: job",
      text: `Jobs run side by side, and this one has to come after ${names}: do both in one job, one after the other.`,
    });
  for (const { manifest } of jobs) manifest.before = [...((manifest.before as string[] | undefined) ?? []), translation.service];
  field.claim({
    to: "before, calls",
    text: `${names} is a job, which ends before this one is rolled out. All else ECS starts side by side, and starts anew what ends: the program has to try again.`,
  });
}
