import { fits, fitsInAnyCase, nounOf, type ChangeSet, type Severity } from "@fairlead/changes";
import { isMap } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { asList } from "./arguments/judge";
import type { OneDanger } from "./danger";
import { policyArguments } from "./openings/policyArguments";
import { documentIn } from "./openings/statements";

/** Something of the stack that chooses resources by a tag. */
interface Selection {
  key: string;
  /** The policy whose condition it is; undefined of what is none. */
  ofPolicy?: string;
  /** Whether a value of the tag is chosen; undefined where the resource doesn't have it. */
  chooses: (value: string | undefined) => boolean;
  /** Whether it is about resources of this type. */
  isFor: (type: string) => boolean;
  /** What follows for a resource that is chosen no longer, or from then on. */
  lost: { severity: Severity; text: string };
  gained: { severity: Severity; text: string };
}

/** Tags that decide: a backup or a policy of the stack chooses by them, and another value, or none, is chosen or left. */
export function changedSelections({ after: plan, resources }: ChangeSet): OneDanger[] {
  const changed = resources.filter(
    ({ before, after }) => before && after && isMap(before.inputs.tags ?? {}) && isMap(after.inputs.tags ?? {}),
  );
  const others = changed.filter(({ before, after }) => JSON.stringify(before!.inputs.tags) !== JSON.stringify(after!.inputs.tags));
  if (others.length === 0) return [];
  const selections = plan.resources.flatMap((resource) => [...backups(resource), ...conditions(resource)]);
  return others.flatMap(({ type, name, urn, before, after }): OneDanger[] => {
    const told = selections.flatMap(({ key, ofPolicy, chooses, isFor, lost, gained }) => {
      if (!isFor(type)) return [];
      const verb = `changes tag ${key} of ${nounOf(type, after!.inputs)}`;
      const [was, is] = [before!, after!].map((side) => chooses(tagOf(side, (given) => isSame(given, key, ofPolicy))));
      if (was !== is) return [{ ...(is ? gained : lost), verb }];
      const isRecased = ofPolicy !== undefined && keyLike(before!, key) !== keyLike(after!, key);
      return isRecased ? [{ severity: "unknown" as const, text: `The policy ${ofPolicy} lets use it by that tag. ${recased}`, verb }] : [];
    });
    const texts = new Map(told.map((each) => [each.text, each]));
    return [...texts.values()].map((each) => ({ ...each, name, urn }));
  });
}

const recased =
  "IAM's condition keys have no case, and the tag's key is a part of one: whether the service compares so is for you to look up.";

const isSame = (given: string, key: string, ofPolicy?: string) => (ofPolicy === undefined ? given : given.toLowerCase()) === key;

const tagsOf = ({ inputs }: PlanResource) => Object.entries((inputs.tags ?? {}) as Record<string, unknown>);

function tagOf(resource: PlanResource, isKey: (key: string) => boolean): string | undefined {
  const found = tagsOf(resource).find(([key]) => isKey(key));
  return found && String(found[1]);
}

/** The tag's key as it is written. */
const keyLike = (resource: PlanResource, key: string) => tagsOf(resource).find(([given]) => given.toLowerCase() === key)?.[0];

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html */
function backups({ type, name, inputs }: PlanResource): Selection[] {
  if (type !== "aws:backup/selection:Selection") return [];
  const tags = asList(inputs.selectionTags).filter(isMap);
  return tags.map(({ key, value }) => ({
    key: String(key),
    chooses: (given) => given === String(value),
    isFor: () => true,
    lost: { severity: "lessProtected", text: `Backup selection ${name} chooses by it: from then on no backup is made by that.` },
    gained: { severity: "routine", text: "" },
  }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag */
function conditions({ type, name, inputs }: PlanResource): Selection[] {
  const permissions = (policyArguments[type]?.names ?? []).flatMap((argument) => documentIn(inputs[argument])?.permissions ?? []);
  return permissions.flatMap(({ effect, conditions: all }) =>
    all.flatMap(({ operator, key: given, values }): Selection[] => {
      const [, service = "", key] = /^([\w-]+):(?:resourcetag|principaltag)\/(.+)$/i.exec(given) ?? [];
      const matching = matcherOf(operator);
      if (key === undefined || !matching) return [];
      const [refused, allowed] = [
        { severity: "interruption" as const, text: `The policy ${name} lets use it by that tag: what that let is refused from then on.` },
        { severity: "lessProtected" as const, text: `The policy ${name} lets use it by that tag: what that lets is allowed from then on.` },
      ];
      return [
        {
          key,
          ofPolicy: name,
          chooses: (value) => matching(value, values),
          isFor: (of) => service === "aws" || of.startsWith(`aws:${service}/`),
          lost: effect === "Allow" ? refused : allowed,
          gained: effect === "Allow" ? allowed : refused,
        },
      ];
    }),
  );
}

/** Whether a tag's value meets an operator of texts; undefined of other operators. */
function matcherOf(operator: string): ((value: string | undefined, values: readonly string[]) => boolean) | undefined {
  const [, negated, kind, ifExists] = /^(?:ForA\w+:)?String(Not)?(Equals|EqualsIgnoreCase|Like)(IfExists)?$/.exec(operator) ?? [];
  if (!kind) return undefined;
  const compare = { Equals: (a: string, b: string) => a === b, EqualsIgnoreCase: fitsInAnyCase, Like: fits }[kind]!;
  return (value, values) => {
    if (value === undefined) return ifExists !== undefined || negated !== undefined;
    return values.some((each) => compare(each, value)) !== (negated !== undefined);
  };
}
