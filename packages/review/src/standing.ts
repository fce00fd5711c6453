import { madeByOurs, type ChangeSet, type ResourceChange } from "@fairlead/changes";
import { nameArgumentOf, sheetOf } from "@fairlead/model/awsTypes";
import { referencesIn, type PlanResource } from "@fairlead/plan";

/** Something that was there before a change. */
export interface Found {
  /** As it was; undefined where the plan does not have it. */
  was: PlanResource | undefined;
}

/** Tells what was there before a change from what the change makes. */
export class Standing {
  private readonly isOurs: (urn: string) => boolean;
  private readonly changes: ReadonlyMap<string, ResourceChange>;
  private readonly named: { before: ReadonlySet<string>; created: ReadonlySet<string> };

  constructor({ resources }: Pick<ChangeSet, "resources">) {
    this.isOurs = madeByOurs(resources.flatMap(({ after }) => after ?? []));
    this.changes = new Map(resources.map((change) => [change.urn, change]));
    const names = (all: readonly (PlanResource | undefined)[]) => new Set(all.flatMap((each) => (each ? namesOf(each) : [])));
    this.named = {
      before: names(resources.map(({ before }) => before)),
      created: names(resources.map(({ before, after }) => (before ? undefined : after))),
    };
  }

  /**
   * What there was before of what an argument names; undefined where that is new, or nothing is named. What is named by a text, or looked up, is there: but for
   * a name that the same change gives.
   */
  of(resource: PlanResource, argument: string): Found | undefined {
    const value = resource.inputs[argument];
    const urns = urnsIn(resource, argument);
    if (urns.length > 0) {
      const found = urns.map((urn) => this.ofUrn(urn));
      return found.includes(undefined) ? undefined : found[0];
    }
    // Of the account itself, which is no argument.
    if (argument === "account") return elsewhere;
    return value === undefined || this.isGivenHere(value) ? undefined : elsewhere;
  }

  /** What there was before of a resource, or of what a new setting is of: a schedule is of a scaling target, which is of a service. */
  ofUrn(urn: string): Found | undefined {
    const change = this.changes.get(urn);
    // A look-up, or what is only read.
    if (!change) return elsewhere;
    const { type, before, after } = change;
    if (before) return { was: before };
    if (!after || !after.custom) return undefined;
    // Our components take over again what they had left behind, with its settings.
    if (after.options.import !== undefined && !this.isOurs(urn)) return elsewhere;
    const { settingOf } = sheetOf(type, after.inputs) ?? {};
    if (settingOf === undefined) return undefined;
    if (urnsIn(after, settingOf).length > 0) return this.of(after, settingOf);
    // Named by a text: it belongs to what its component is of.
    const component = after.parent === null ? undefined : this.changes.get(after.parent)?.before;
    return component && { was: component };
  }

  /** Whether a text is a name, or ends with one, that a resource gets which this change makes. */
  private isGivenHere(text: unknown): boolean {
    if (typeof text !== "string") return false;
    const name = text.split(/[:/]/).at(-1)!;
    const { before, created } = this.named;
    return [text, name].some((each) => created.has(each) && !before.has(each));
  }
}

const elsewhere: Found = { was: undefined };

/** The resources that an argument names; what is looked up has a URN as well, of none in the plan. */
export function urnsIn({ inputs, propertyDependencies }: PlanResource, argument: string): string[] {
  const urns = propertyDependencies[argument] ?? [];
  return urns.length > 0 ? urns : referencesIn(inputs[argument]).map(({ urn }) => urn);
}

/** The same text for the same thing, by whichever attribute it is named. */
export function targetOf(resource: PlanResource, argument: string): string {
  const [reference] = referencesIn(resource.inputs[argument]);
  return reference?.urn ?? urnsIn(resource, argument)[0] ?? String(resource.inputs[argument]);
}

/** The same of a value that is no argument of its own, such as one of a list. */
export const thingNamed = (value: unknown): string => referencesIn(value)[0]?.urn ?? String(value);

/** The names that a resource gives itself at AWS. */
export function namesOf({ custom, type, inputs }: PlanResource): string[] {
  const name = custom ? inputs[nameArgumentOf(type)] : undefined;
  return typeof name === "string" ? [name] : [];
}
