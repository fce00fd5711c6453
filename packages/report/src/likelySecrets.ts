import { nounOf, parsedJson, type ChangeSet, type PropertyChange, type ResourceChange } from "@fairlead/changes";
import { hiddenSecret, isMap, likelySecret } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";
import type { Danger } from "@fairlead/review";

/** Maps of which each key names a variable. */
const variableMaps = new Set(["environment", "variables", "args", "buildArgs", "options", "dockerLabels"]);

/**
 * A change as it is shown: without the values of what looks like a secret. It was compared with them, so that a secret which was changed is a
 * change. A report goes farther than the repository that holds them.
 */
export function withoutLikelySecrets(changes: ChangeSet): ChangeSet {
  const shown = new Map<PlanResource, PlanResource>();
  const show = (resource: PlanResource): PlanResource => {
    const known = shown.get(resource);
    if (known) return known;
    const inputs = hidden(resource.inputs) as PlanResource["inputs"];
    const result = inputs === resource.inputs ? resource : { ...resource, inputs };
    shown.set(resource, result);
    return result;
  };
  const planOf = (plan: Plan): Plan => ({ ...plan, resources: plan.resources.map(show), outputs: hidden(plan.outputs) as Plan["outputs"] });
  return {
    ...changes,
    before: planOf(changes.before),
    after: planOf(changes.after),
    resources: changes.resources.map((change): ResourceChange => ({
      ...change,
      ...(change.before && { before: show(change.before) }),
      ...(change.after && { after: show(change.after) }),
      properties: change.properties.map(hiddenProperty),
    })),
  };
}

/**
 * What shows something that looks like a secret, and did not before.
 *
 * @param shown a change without the values of them
 */
export function shownSecrets({ resources }: ChangeSet): Danger[] {
  const holds = (value: unknown) => JSON.stringify(value ?? null).includes(hiddenSecret);
  return resources.flatMap(({ type, name, urn, operation, after, properties }): Danger[] => {
    if (!after?.custom) return [];
    const paths = properties
      .filter((property) => holds(property.after) && !holds(property.before))
      .map(({ path }) => path.split(".").at(-1)!);
    if (operation === "create" ? !holds(after.inputs) : paths.length === 0) return [];
    const title = `shows what looks like a secret: ${nounOf(type, after.inputs)} ${name}${paths.length > 0 ? ` (${paths.join(", ")})` : ""}`;
    return [{ severity: "lessProtected", title, forcedBy: [], text: readByMany, urns: [urn] }];
  });
}

const readByMany =
  "Whoever may read the repository, its history or the resource in AWS reads it: put it where secrets are kept, and use another one.";

/** A variable's name ends the path; what comes as a whole has its names within. */
function hiddenProperty(property: PropertyChange): PropertyChange {
  const steps = property.path.split(".");
  const name = steps.slice(0, -1).some((step) => variableMaps.has(step)) ? steps.at(-1)! : undefined;
  const [before, after] = [property.before, property.after].map((value) => hidden(value, name));
  const areBoth = before === hiddenSecret && after === hiddenSecret;
  return { ...property, before, after: areBoth ? `another ${hiddenSecret}` : after };
}

/** The same value where nothing in it is hidden. */
function hidden(value: unknown, name?: string): unknown {
  if (typeof value === "string") {
    if (name !== undefined && likelySecret(name, value)) return hiddenSecret;
    const inner = value.length > 2 ? parsedJson(value) : undefined;
    const shown = inner === undefined ? undefined : hidden(inner);
    return shown === inner ? value : JSON.stringify(shown);
  }
  if (Array.isArray(value))
    return sameOr(
      value,
      value.map((item) => hidden(item)),
      (items) => items,
    );
  if (!isMap(value)) return value;
  const pairs = Object.entries(value);
  const shown = pairs.map(([key, item]) => {
    if (key === "value" && typeof value.name === "string") return hidden(item, value.name);
    return variableMaps.has(key) && isMap(item) ? hiddenMap(item) : hidden(item);
  });
  return sameOr(
    pairs.map(([, item]) => item),
    shown,
    (items) => Object.fromEntries(pairs.map(([key], index) => [key, items[index]])),
    value,
  );
}

function hiddenMap(map: Record<string, unknown>): unknown {
  const pairs = Object.entries(map);
  const shown = pairs.map(([name, item]) => hidden(item, name));
  return sameOr(
    pairs.map(([, item]) => item),
    shown,
    (items) => Object.fromEntries(pairs.map(([key], index) => [key, items[index]])),
    map,
  );
}

function sameOr(
  before: readonly unknown[],
  shown: readonly unknown[],
  made: (items: readonly unknown[]) => unknown,
  whole: unknown = before,
): unknown {
  return shown.every((item, index) => item === before[index]) ? whole : made(shown);
}
