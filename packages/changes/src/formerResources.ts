import type { Plan, PlanResource } from "@fairlead/plan";

/** An alias as the SDK hands it over. What it leaves out is as in the new URN. */
interface AliasSpec {
  name?: string;
  type?: string;
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
  const under = (parents: (string | null)[], ownType: string, ownName: string) =>
    parents.map((each) => urnUnder(urn, each, ownType, each === null || parent === null ? ownName : nameUnder(ownName, parent, each)));
  const own = (options.aliases ?? []).flatMap((alias) => {
    if (typeof alias === "string") return [alias];
    const spec = alias as AliasSpec;
    const parents = spec.noparent ? [null] : spec.parenturn ? [spec.parenturn] : [parent, ...inherited];
    return under(parents, spec.type || type, spec.name || name);
  });
  return [...own, ...under(inherited, type, name)];
}

/** A child is often named after its parent, so the engine gives it the beginning that its parent's former name would have given it. */
function nameUnder(name: string, parent: string, formerParent: string): string {
  const parentName = nameOf(parent);
  return name.startsWith(parentName) ? nameOf(formerParent) + name.slice(parentName.length) : name;
}

function urnUnder(urn: string, parent: string | null, type: string, name: string): string {
  const [stack, project] = urn.split("::") as [string, string];
  const types = parent?.split("::")[2];
  return [stack, project, types && types !== "pulumi:pulumi:Stack" ? `${types}$${type}` : type, name].join("::");
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** What refers to a renamed resource refers to the same one. */
function withReferences(former: Map<string, PlanResource>, renamed: readonly [from: string, to: string][]): Map<string, PlanResource> {
  return new Map([...former].map(([urn, resource]) => [urn, withNewReferences(resource, renamed)]));
}

/** A resource that refers to renamed ones under their new URNs. */
export function withNewReferences(resource: PlanResource, renamed: readonly [from: string, to: string][]): PlanResource {
  const quoted = (urn: string) => JSON.stringify(`${urn}#`).slice(1, -1);
  const text = JSON.stringify(resource.inputs);
  const inputs = renamed.reduce((now, [from, to]) => now.replaceAll(quoted(from), () => quoted(to)), text);
  return inputs === text ? resource : { ...resource, inputs: JSON.parse(inputs) as PlanResource["inputs"] };
}
