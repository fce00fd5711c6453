import { coded, serviceType, UserError } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** What the SDK keeps of a resource beside its outputs. */
interface Registered {
  __pulumiType: string;
  __name: string;
  __parentResource?: pulumi.Resource;
}

/**
 * Refuses a second resource of one URN before the engine does, which names neither of the two services. URNs hold the types of all parents and no
 * name of theirs, so that what services call after themselves and something else may come to the same: `shop-green` of `shop`, and of `shop-green`.
 */
export function refuseTakenNames(): void {
  const owners = new Map<string, string>();
  pulumi.runtime.registerStackTransformation(({ type, name, opts: { parent, id } }) => {
    // What is only looked up may be so twice.
    if (id !== undefined) return undefined;
    const parents = parentsOf(parent);
    const key = JSON.stringify([...parents.map(({ __pulumiType }) => __pulumiType), type, name]);
    const owner = ownerOf(parents);
    const other = owners.get(key);
    owners.set(key, owner);
    if (other === undefined) return undefined;
    const whose = other === owner ? `${owner} makes two resources` : `${other} and ${owner} each make a resource`;
    const why = "Pulumi tells resources apart by that alone, and would refuse the second half-way.";
    throw new UserError(coded("FL1049", `${whose} of the type ${type} with the name "${name}". ${why} Rename the one that is new.`));
  });
}

/** From the nearest one; without the stack, which is no part of a URN's types. */
function parentsOf(parent: pulumi.Resource | undefined): Registered[] {
  const parents: Registered[] = [];
  for (let each = parent; each !== undefined; each = parents.at(-1)!.__parentResource) parents.push(each as unknown as Registered);
  return parents.filter(({ __pulumiType }) => __pulumiType !== "pulumi:pulumi:Stack");
}

function ownerOf(parents: readonly Registered[]): string {
  const owner = parents.at(-1);
  if (!owner) return "the stack";
  const kind = owner.__pulumiType === serviceType ? "service" : owner.__pulumiType.split(":").at(-1)!;
  return `${kind} ${owner.__name}`;
}
