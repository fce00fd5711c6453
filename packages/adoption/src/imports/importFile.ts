import type { Plan, PlanResource } from "@fairlead/plan";

/** A resource of the plan, and the id under which it is at AWS. */
export interface ChosenImport {
  urn: string;
  id: string;
}

/**
 * A file that `pulumi import --file` reads.
 *
 * @see https://www.pulumi.com/docs/iac/guides/migration/import/
 */
export interface ImportFile {
  /** URNs of the state, by the names that the resources call their parents by. */
  nameTable: Record<string, string>;
  resources: ImportedResource[];
}

/** One of its resources. `name` is for the file alone, to say whose child another one is; `logicalName` is what the program calls it. */
interface ImportedResource {
  type: string;
  name: string;
  logicalName: string;
  component?: true;
  id?: string;
  parent?: string;
  version?: string;
}

/**
 * What Pulumi takes into its state so that the program finds it there: the resources with the components around them, under the program's names.
 *
 * @param inState URNs that the state has already, which are not named again
 * @param version of the AWS provider that the program asks for; another one would be another provider
 */
export function importFile(plan: Plan, chosen: readonly ChosenImport[], inState: ReadonlySet<string>, version: string): ImportFile {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const names = new Map<string, string>();
  const nameTable: Record<string, string> = {};
  const resources: ImportedResource[] = [];
  const add = (resource: PlanResource, id?: string): void => {
    if (names.has(resource.urn)) return;
    const parent = resource.parent === null || isStack(resource.parent) ? undefined : byUrn.get(resource.parent);
    if (parent) add(parent);
    const name = `resource${names.size + 1}`;
    names.set(resource.urn, name);
    if (inState.has(resource.urn)) {
      nameTable[name] = resource.urn;
      return;
    }
    resources.push({
      type: resource.type,
      name,
      logicalName: resource.name,
      ...(id === undefined ? { component: true } : { id, version: resource.options.version ?? version }),
      ...(parent && { parent: names.get(parent.urn)! }),
    });
  };
  for (const { urn, id } of chosen) add(byUrn.get(urn)!, id);
  return { nameTable, resources };
}

const isStack = (urn: string) => urn.includes("::pulumi:pulumi:Stack::");
