import { referencesIn } from "@fairlead/plan";

import { asList, firstOf, harmless, isUnknown, lessProtected, members, unknown, whenever, type Judge, type Meaning } from "./judge";

const resourcesIn = (value: unknown) =>
  referencesIn(value)
    .map(({ urn }) => urn)
    .join(" ");

/** When it names something else; another value of the same resource of the stack is told there. */
export const another =
  (told: Meaning): Judge =>
  ({ before, after, isNew }) =>
    isNew || (isUnknown(before) && isUnknown(after) && resourcesIn(before) === resourcesIn(after)) ? undefined : told;

/** Family and revision of a task definition that is named by a text. */
function definitionOf(value: unknown): { family: string; revision: number } | undefined {
  const [, family = "", revision = ""] = typeof value === "string" ? (/^(?:.*task-definition\/)?([\w-]+):(\d+)$/.exec(value) ?? []) : [];
  return family === "" ? undefined : { family, revision: Number(revision) };
}

const olderRevision: Judge = ({ before, after }) => {
  const [was, is] = [definitionOf(before), definitionOf(after)];
  return was && is && was.family === is.family && is.revision < was.revision
    ? lessProtected("Its tasks are started from an older revision: an older image, with what that lacks.")
    : undefined;
};

/** What a service runs. A revision of the stack's own task definition is told with that. */
export const otherDefinition: Judge = firstOf(
  olderRevision,
  another(unknown("It runs another task definition: which image, role and secrets that has can't be told here.")),
);

const otherTemplate = another(unknown("Instances start from another template: of which image, network and role can't be told here."));

/** What instances of a group start from. Versions of a template of the stack's are told with it. */
export const launchTemplate: Judge = (change) => {
  const [was, is] = [change.before, change.after].map((value) => (asList(value)[0] ?? {}) as { id?: unknown; name?: unknown });
  const isOwn = isUnknown(is!.id ?? is!.name) && isUnknown(was!.id ?? was!.name);
  const versions = isOwn ? harmless : whenever(unknown("Instances start from another version of a template that is not in the plan."));
  return members({ id: otherTemplate, name: otherTemplate, version: versions })(change);
};
