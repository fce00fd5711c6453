import { asList, dataLoss, type Judge } from "./judge";

/** Rules by which S3 deletes objects. */
export const objectExpiry: Judge = ({ before, after }) => {
  const known = new Set(asList(before).map((rule) => JSON.stringify(expiryOf(rule))));
  const earlier = asList(after).some((rule) => {
    const now = expiryOf(rule);
    if (now.days === undefined && now.versions === undefined) return false;
    if (known.has(JSON.stringify(now))) return false;
    const was = asList(before)
      .map(expiryOf)
      .filter(({ filter }) => filter === now.filter);
    return (
      isShorter(now.days, soonest(was.map(({ days }) => days))) || isShorter(now.versions, soonest(was.map(({ versions }) => versions)))
    );
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

function expiryOf(rule: unknown): { filter: string; days?: number; versions?: number } {
  const {
    status,
    filter,
    prefix,
    expiration,
    noncurrentVersionExpiration: versions,
  } = rule as Record<string, { days?: number; date?: string; noncurrentDays?: number } | undefined> & { status?: unknown };
  const isOn = (status as unknown) !== "Disabled";
  return {
    filter: JSON.stringify(filter ?? prefix ?? {}),
    days: isOn ? (expiration?.days ?? (expiration?.date ? 0 : undefined)) : undefined,
    versions: isOn ? versions?.noncurrentDays : undefined,
  };
}
