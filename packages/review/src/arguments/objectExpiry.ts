import { asList, cantTell, dataLoss, isUnknown, type Judge } from "./judge";

/** Rules by which S3 deletes objects. */
export const objectExpiry: Judge = ({ before, after }) => {
  if (asList(after).some((rule) => Object.values(expiryOf(rule)).some(isUnknown))) return cantTell;
  const known = new Set(asList(before).map((rule) => JSON.stringify(expiryOf(rule))));
  const earlier = asList(after).some((rule) => {
    const now = expiryOf(rule);
    if (now.days === undefined && now.versions === undefined && now.kept === undefined) return false;
    if (known.has(JSON.stringify(now))) return false;
    const was = asList(before)
      .map(expiryOf)
      .filter(({ filter }) => filter === now.filter);
    return (["days", "versions", "kept"] as const).some((key) => isShorter(now[key], soonest(was.map((each) => each[key]))));
  });
  return earlier ? dataLoss("Objects are deleted earlier than before, those that are older at once.") : undefined;
};

/** Of several rules for the same objects the first to delete counts. */
function soonest(days: readonly (number | undefined)[]): number | undefined {
  const given = days.filter((each) => each !== undefined);
  return given.length > 0 ? Math.min(...given) : undefined;
}

function isShorter(now: number | undefined, was: number | undefined): boolean {
  return now !== undefined && (was === undefined || now < was);
}

function expiryOf(rule: unknown): { filter: string; days?: number; versions?: number; kept?: number } {
  const {
    status,
    filter,
    prefix,
    expiration,
    noncurrentVersionExpiration: versions,
  } = rule as Record<string, { days?: number; date?: string; noncurrentDays?: number; newerNoncurrentVersions?: number } | undefined> & {
    status?: unknown;
  };
  const isOn = (status as unknown) !== "Disabled";
  return {
    filter: JSON.stringify(normalised(filter ?? { prefix: prefix ?? "" })),
    days: isOn ? (expiration?.days ?? (expiration?.date ? 0 : undefined)) : undefined,
    versions: isOn ? versions?.noncurrentDays : undefined,
    // Fewer versions are deleted later than all: none said keeps none longer.
    kept: isOn && versions ? (versions.newerNoncurrentVersions ?? 0) : undefined,
  };
}

/** No filter, an empty one and an empty prefix are all objects. */
function normalised(filter: unknown): unknown {
  return JSON.stringify(filter) === "{}" ? { prefix: "" } : filter;
}
