import { AwsError, type ResourceModel } from "./model";
import { registryClient, taggedDigests } from "../registryAccess";

const repository = "aws:ecr/repository:Repository";

/** ECR. Repositories are folders of the local registry. */
export const registry: Record<string, ResourceModel> = {
  [repository]: {
    autoName: "name",
    replaceOn: ["name", "encryptionConfigurations"],
    refuse({ name, imageTagMutability }, world, id) {
      if (!/^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)) {
        throw new AwsError("InvalidParameterException", `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${name}'`);
      }
      if (!["MUTABLE", "IMMUTABLE"].includes(imageTagMutability ?? "MUTABLE"))
        throw new AwsError("InvalidParameterException", "imageTagMutability");
      if (!id && world.get(repository, name))
        throw new AwsError("RepositoryAlreadyExistsException", `The repository with name '${name}' already exists`);
    },
    create: ({ name }, { arn, accountId, registryHost }) => ({
      id: name,
      outputs: { arn: arn("ecr", `repository/${name}`), registryId: accountId, repositoryUrl: `${registryHost}/${name}` },
    }),
    async refuseDelete(id, { forceDelete, repositoryUrl }) {
      const client = registryClient(repositoryUrl.split("/")[0]);
      const digests = await taggedDigests(client, id);
      if (digests.length > 0 && !forceDelete) {
        throw new AwsError(
          "RepositoryNotEmptyException",
          `The repository with name '${id}' cannot be deleted because it still contains images`,
        );
      }
      for (const digest of digests) await client.deleteManifest(id, digest);
    },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    replaceOn: ["repository"],
    refuse(inputs, world) {
      if (!world.get(repository, inputs.repository)) throw new AwsError("RepositoryNotFoundException", inputs.repository);
      const { rules } = JSON.parse(inputs.policy) as { rules: { rulePriority: number; selection: { tagStatus: string } }[] };
      const last = Math.max(...rules.map(({ rulePriority }) => rulePriority));
      if (rules.some(({ rulePriority, selection }) => selection.tagStatus === "any" && rulePriority !== last)) {
        throw new AwsError(
          "InvalidParameterException",
          "Lifecycle policy validation failure: a rule with tagStatus 'any' must have the highest rulePriority",
        );
      }
    },
    create: (inputs, { accountId }) => ({ id: inputs.repository, outputs: { registryId: accountId } }),
  },
};
