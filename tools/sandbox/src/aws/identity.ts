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
    autoName: "name",
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
      const attached = [...world.all("aws:iam/rolePolicy:RolePolicy"), ...world.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")];
      if (attached.some(({ inputs }) => inputs.role === id))
        throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.");
    },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    replaceOn: ["role", "policyArn"],
    refuse(inputs, world) {
      if (!world.get(role, inputs.role)) throw new AwsError("NoSuchEntity", `The role with name ${inputs.role} cannot be found.`);
      if (!/^arn:aws:iam::(aws|\d{12}):policy\//.test(inputs.policyArn))
        throw new AwsError("ValidationError", `ARN ${inputs.policyArn} is not valid.`);
    },
    create: (inputs, { unique }) => ({ id: `${inputs.role}-${unique(12)}`, outputs: {} }),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: "name",
    replaceOn: ["name", "role"],
    refuse(inputs, world) {
      if (!world.get(role, inputs.role)) throw new AwsError("NoSuchEntity", `The role with name ${inputs.role} cannot be found.`);
      refuseDocument(inputs.policy);
    },
    create: (inputs) => ({ id: `${inputs.role}:${inputs.name}`, outputs: {} }),
  },
};
