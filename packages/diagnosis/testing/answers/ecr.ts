import type * as ecr from "@aws-sdk/client-ecr";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";
import type { ScriptedImage, ScriptedRepository } from "../state";

function repositoryOf({ state, accountId }: AnsweringAccount, name: string | undefined): ScriptedRepository {
  const found = state.repositories.find(({ repositoryName }) => repositoryName === name);
  if (found) return found;
  throw new Refusal(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${accountId}'`,
  );
}

const matches = (image: ScriptedImage, { imageDigest, imageTag }: ecr.ImageIdentifier) =>
  imageDigest === undefined ? (image.imageTags ?? []).includes(imageTag!) : image.imageDigest === imageDigest;

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export const ecrAnswers = {
  BatchGetImage(input: ecr.BatchGetImageRequest, account: AnsweringAccount): ecr.BatchGetImageResponse {
    const { registryId, repositoryName, imageIds = [] } = input;
    // A repository of another account has a policy of its own, and none here.
    if (registryId !== undefined && registryId !== account.accountId) {
      const resource = `arn:aws:ecr:${account.region}:${registryId}:repository/${repositoryName}`;
      throw new Refusal("AccessDeniedException", `User is not authorized to perform: ecr:BatchGetImage on resource: ${resource}`);
    }
    if (imageIds.length > 100) throw new Refusal("InvalidParameterException", "imageIds cannot have more than 100 elements.");
    const { images } = repositoryOf(account, repositoryName);
    const found = imageIds.flatMap((id) => {
      const image = images.find((each) => matches(each, id));
      return image ? [{ id, image }] : [];
    });
    return {
      images: found.map(({ id, image }) => ({
        ...{ registryId: account.accountId, repositoryName, imageManifest: image.manifest, imageManifestMediaType: image.mediaType },
        imageId: { imageDigest: image.imageDigest, imageTag: id.imageTag },
      })),
      failures: imageIds
        .filter((id) => !images.some((each) => matches(each, id)))
        .map((imageId) => ({ imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" })),
    };
  },

  DescribeImages(input: ecr.DescribeImagesRequest, account: AnsweringAccount): ecr.DescribeImagesResponse {
    const { repositoryName, imageIds } = input;
    const { images } = repositoryOf(account, repositoryName);
    const missing = imageIds?.find((id) => !images.some((each) => matches(each, id)));
    if (missing) {
      const text = `{imageDigest:'${missing.imageDigest ?? "null"}', imageTag:'${missing.imageTag ?? "null"}'}`;
      const where = `within the repository with name '${repositoryName}' in the registry with id '${account.accountId}'`;
      throw new Refusal("ImageNotFoundException", `The image with imageId ${text} does not exist ${where}`);
    }
    const found = images.filter((each) => !imageIds?.length || imageIds.some((id) => matches(each, id)));
    const { items, next } = page(found, input.nextToken, account.pageSize(Math.min(input.maxResults ?? 100, 1000)));
    return {
      imageDetails: items.map(({ imageDigest, imageTags, mediaType }) => ({
        ...{ registryId: account.accountId, repositoryName, imageDigest, imageTags, imageManifestMediaType: mediaType },
      })),
      nextToken: next,
    };
  },

  DescribeRepositories(
    { repositoryNames = [] }: ecr.DescribeRepositoriesRequest,
    account: AnsweringAccount,
  ): ecr.DescribeRepositoriesResponse {
    const named = repositoryNames.length > 0 ? repositoryNames.map((name) => repositoryOf(account, name)) : account.state.repositories;
    return {
      repositories: named.map(({ repositoryName }) => ({
        ...{ repositoryName, registryId: account.accountId, repositoryArn: account.arn("ecr", `repository/${repositoryName}`) },
        repositoryUri: `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com/${repositoryName}`,
      })),
    };
  },

  GetRepositoryPolicy({ repositoryName }: ecr.GetRepositoryPolicyRequest, account: AnsweringAccount): ecr.GetRepositoryPolicyResponse {
    const { policyText } = repositoryOf(account, repositoryName);
    if (policyText !== undefined) return { repositoryName, registryId: account.accountId, policyText };
    throw new Refusal(
      "RepositoryPolicyNotFoundException",
      `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${account.accountId}'`,
    );
  },
};
