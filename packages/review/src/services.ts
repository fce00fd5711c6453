import { servicesIn, type ChangeSet } from "@fairlead/changes";
import { canonical } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { isEqual } from "./arguments/judge";
import { otherProgram } from "./arguments/programs";
import type { Danger } from "./danger";

/** What of a service's spec is read here. */
interface Spec {
  /** Of a job: the services that wait for its run. */
  before?: string[];
  secrets?: Record<string, unknown>;
  command?: unknown;
  entryPoint?: unknown;
  kind?: string;
  /** The manifest. */
  file?: string;
  /** Of a job: how long a run may take. */
  timeoutMinutes?: number;
  image?: string;
  build?: { context?: string; dockerfile?: string; args?: Record<string, unknown> };
}

/** What changes between services and jobs that no single resource tells. */
export function changedServices(changes: ChangeSet): Danger[] {
  const [before, after] = [servicesIn(changes.before), servicesIn(changes.after)];
  const owners = new Map([...after].flatMap(([name, { spec }]) => folderOf((spec ?? {}) as Spec).map((folder) => [folder, name] as const)));
  return [...after].flatMap(([name, { urn, spec, imageTag, resources }]) => {
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
    const another = [
      ...(imageTag === was.imageTag && old.image === now.image ? [] : ["image"]),
      ...(["command", "entryPoint"] as const).filter((key) => !isEqual(old[key], now[key])),
    ];
    if ((now.before ?? []).length > 0 && another.length > 0)
      dangers.push(
        told(
          "unknown",
          `${name} runs with another ${another.join(" and ")} in this \`up\``,
          "What it does to the data nobody here can tell, nor whether it can be taken back.",
        ),
      );
    // Another program is told by its container.
    if (/job$/.test(now.kind ?? "") && (now.before ?? []).length === 0 && !isSameCommand(old, now) && !otherProgram(old, now))
      dangers.push(
        told("unknown", `${name} runs with other options`, "What it does to the data from its next run on nobody here can tell."),
      );
    if (endOf(now) < endOf(old))
      dangers.push(
        told(
          "interruption",
          `${name} is ended after ${now.timeoutMinutes} ${endOf(old) === Infinity ? "minutes" : `instead of ${old.timeoutMinutes} minutes`}`,
          "A run that takes longer is cut off in the middle of what it does.",
        ),
      );
    const [builtFrom] = foldersOf(now.build).flatMap((folder) => owners.get(folder) ?? []);
    if (builtFrom !== undefined && builtFrom !== name && !foldersOf(old.build).some((folder) => owners.get(folder) === builtFrom))
      dangers.push(
        told(
          "unknown",
          `${name} is built from the folder of ${builtFrom}`,
          "Its next image is that of another program. One that has its tag already, from this commit, is not built again.",
        ),
      );
    const led = ledElsewhere(old.build?.args, now.build?.args);
    if (led.length > 0)
      dangers.push(
        told(
          "unknown",
          `${name} is built with another address: ${led.join(", ")}`,
          "It stands in the image, whatever the environment: whether it is the one for this stack can't be told here.",
        ),
      );
    if (isBuilt(was.resources) && !isBuilt(resources))
      dangers.push(
        told(
          "unknown",
          `${name} runs an image that is not built here`,
          "It is the one that somebody named: what later commits change doesn't come out until it is built here again.",
        ),
      );
    return dangers;
  });
}

/** The folder of a service: where its manifest is. */
const folderOf = ({ file }: Spec) => (file?.includes("/") ? [file.slice(0, file.lastIndexOf("/"))] : []);

/** Those that an image is built from. */
const foldersOf = ({ context, dockerfile }: NonNullable<Spec["build"]> = {}) =>
  [context, dockerfile?.slice(0, Math.max(0, dockerfile.lastIndexOf("/")))].filter((folder) => folder !== undefined);

/** Arguments of a build that name another host than they did. */
function ledElsewhere(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  const host = (value: unknown) => /^[a-z][a-z\d+.-]*:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(String(value))?.[1];
  return Object.keys(after).filter((key) => before[key] !== undefined && host(after[key]) !== host(before[key]));
}

const isSameCommand = (old: Spec, now: Spec) => isEqual([old.entryPoint, old.command], [now.entryPoint, now.command]);

const isBuilt = (resources: readonly PlanResource[]) => resources.some(({ type }) => type.startsWith("docker-build:"));

/** Where a secret is kept, without how it is used. */
function place(secret: unknown): string {
  const { redeployOnChange: _, ...rest } = (secret ?? {}) as { redeployOnChange?: boolean };
  return canonical(rest);
}

/** Minutes after which a job is ended: a scheduled one has no end unless it is told so. */
const endOf = ({ kind, timeoutMinutes }: { kind?: string; timeoutMinutes?: number }) =>
  timeoutMinutes ?? (kind === "scheduled-job" ? Infinity : NaN);
