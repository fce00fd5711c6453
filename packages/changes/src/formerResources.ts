import type { Plan, PlanResource } from "@fairlead/plan";

/** An alias as the SDK hands it over. What it leaves out is as in the new URN. */
interface AliasSpec {
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  parenturn?: string;
  /** It was a resource of the stack itself. */
  noparent?: boolean;
}

/**
 * The resources of the former plan under the URNs that the new plan gives them. Aliases are followed as the engine does: a resource's own, and those
 * that it has because its parent has some.
 */
export function formerResources(before: Plan, after: Plan): Map<string, PlanResource> {
  const former = new Map(before.resources.map((resource) => [resource.urn, resource]));
  const stays = new Set(after.resources.map(({ urn }) => urn));
  const aliases = new Map<string, string[]>();
  const renamed: [from: string, to: string][] = [];
  // Parents are registered before their children.
  for (const resource of after.resources) {
    const urns = aliasesOf(resource, aliases);
    aliases.set(resource.urn, urns);
    const urn = former.has(resource.urn) ? undefined : urns.find((each) => former.has(each) && !stays.has(each));
    if (urn === undefined) continue;
    former.set(resource.urn, former.get(urn)!);
    former.delete(urn);
    renamed.push([urn, resource.urn]);
  }
  return renamed.length === 0 ? former : withReferences(former, renamed);
}

function aliasesOf({ urn, type, name, parent, options }: PlanResource, aliases: ReadonlyMap<string, string[]>): string[] {
  const inherited = parent === null ? [] : (aliases.get(parent) ?? []);
  const own = (options.aliases ?? []).flatMap((alias) => {
    if (typeof alias === "string") return [alias];
    const spec = alias as AliasSpec;
    const parents = spec.noparent ? [null] : spec.parenturn ? [spec.parenturn] : [parent, ...inherited];
    const [stack, project] = placeOf(urn);
    const place: Place = [spec.stack ? `urn:pulumi:${spec.stack}` : stack, spec.project || project];
    const ownName = spec.name || name;
    return parents.map((each) =>
      urnUnder(place, each, spec.type || type, each === null || parent === null ? ownName : nameUnder(ownName, parent, each)),
    );
  });
  // A child of what was another project's, or another stack's, was one of theirs.
  return [...own, ...inherited.map((each) => urnUnder(placeOf(each), each, type, nameUnder(name, parent!, each)))];
}

/** A child is often named after its parent, so the engine gives it the beginning that its parent's former name would have given it. */
function nameUnder(name: string, parent: string, formerParent: string): string {
  const parentName = nameOf(parent);
  return name.startsWith(parentName) ? nameOf(formerParent) + name.slice(parentName.length) : name;
}

/** The stack, as a URN begins with it, and the project. */
type Place = readonly [stack: string, project: string];

function placeOf(urn: string): Place {
  const [stack, project] = urn.split("::") as [string, string];
  return [stack, project];
}

function urnUnder([stack, project]: Place, parent: string | null, type: string, name: string): string {
  const types = parent?.split("::")[2];
  return [stack, project, types && types !== "pulumi:pulumi:Stack" ? `${types}$${type}` : type, name].join("::");
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** What refers to a renamed resource refers to the same one. */
function withReferences(former: Map<string, PlanResource>, renamed: readonly [from: string, to: string][]): Map<string, PlanResource> {
  const newUrns = new Map(renamed);
  return new Map([...former].map(([urn, resource]) => [urn, withNewReferences(resource, newUrns)]));
}

/** Where a reference begins, in a text or as a value of its own. */
const references = /(\$\{|"\$output":")(urn:pulumi:[^#}]+)#/g;

/** A resource that refers to renamed ones under their new URNs. */
export function withNewReferences<T extends Pick<PlanResource, "inputs">>(resource: T, newUrns: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(resource.inputs);
  let isChanged = false;
  const inputs = text.replace(references, (found, start: string, quoted: string) => {
    const urn = newUrns.get(quoted.includes("\\") ? (JSON.parse(`"${quoted}"`) as string) : quoted);
    isChanged ||= urn !== undefined;
    return urn === undefined ? found : `${start}${JSON.stringify(urn).slice(1, -1)}#`;
  });
  return isChanged ? { ...resource, inputs: JSON.parse(inputs) as PlanResource["inputs"] } : resource;
}
