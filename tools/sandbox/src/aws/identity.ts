import { AwsError, type ResourceModel } from "./model";

const role = "aws:iam/role:Role";

function refuseDocument(text: string): void {
  try {
    const { Version, Statement } = JSON.parse(text) as { Version?: string; Statement?: { Effect?: string }[] };
    if (Version === "2012-10-17" && [Statement].flat().every((statement) => ["Allow", "Deny"].includes(statement?.Effect ?? ""))) return;
  } catch {
    // Falls through to the same answer.
  }
  throw new AwsError("MalformedPolicyDocument", "Syntax errors in policy.");
}

/** IAM. */
export const identity: Record<string, ResourceModel> = {
  [role]: {
    autoName: true,
    replaceOn: ["name", "path"],
    refuse({ name, assumeRolePolicy }, world, id) {
      if (!/^[\w+=,.@-]{1,64}$/.test(name)) throw new AwsError("ValidationError", `Role name '${name}' must have 1 to 64 of [\\w+=,.@-]`);
      refuseDocument(assumeRolePolicy);
      if (!id && world.get(role, name)) throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`);
    },
    create: ({ name }, { unique, accountId }) => ({
      id: name,
      outputs: { arn: `arn:aws:iam::${accountId}:role/${name}`, uniqueId: `AROA${unique(17).toUpperCase()}` },
    }),
    refuseDelete(id, _, world) {
      const policy = world.all("aws:iam/rolePolicy:RolePolicy").find(({ inputs }) => inputs.role === id);
      if (policy) throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.");
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: true,
    replaceOn: ["name", "role"],
    refuse(inputs, world) {
      if (!world.get(role, inputs.role)) throw new AwsError("NoSuchEntity", `The role with name ${inputs.role} cannot be found.`);
      refuseDocument(inputs.policy);
    },
    create: (inputs) => ({ id: `${inputs.role}:${inputs.name}`, outputs: {} }),
  },
};
