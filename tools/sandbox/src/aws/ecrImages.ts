import { registryClient, registryLogin, taggedDigests } from "../registryAccess";
import { AwsError, type AwsRequest } from "./requests";

/** ECR's part that knows images: they are in the registry of the sandbox, of which moto knows nothing. */
export class EcrImages {
  constructor(
    private readonly registryHost: string,
    private readonly accountId: string,
  ) {}

  /** The answer to one of the operations that are answered here; undefined for another one. May refuse what moto is to do. */
  async answer({ service, operation, body }: AwsRequest): Promise<unknown> {
    if (service !== "ecr") return undefined;
    const given = JSON.parse(body.toString() || "{}") as Record<string, any>;
    const client = registryClient(this.registryHost);
    const repository = String(given.repositoryName);
    switch (operation) {
      case "GetAuthorizationToken": {
        const { username, password } = registryLogin();
        const authorizationToken = Buffer.from(`${username}:${password}`).toString("base64");
        return {
          authorizationData: [{ authorizationToken, proxyEndpoint: `https://${this.registryHost}`, expiresAt: Date.now() / 1000 + 43_200 }],
        };
      }
      case "DescribeImages":
      case "ListImages": {
        const tags = await client.tags(repository);
        const found = await Promise.all(tags.map(async (tag) => ({ tag, digest: await client.digestOf(repository, tag) })));
        if (operation === "ListImages") return { imageIds: found.map(({ tag, digest }) => ({ imageTag: tag, imageDigest: digest })) };
        return { imageDetails: described(found, repository, this.accountId, given.imageIds) };
      }
      case "DeleteRepository": {
        const digests = await taggedDigests(client, repository);
        if (digests.length > 0 && !given.force) {
          const message = `The repository with name '${repository}' in registry with id '${this.accountId}' cannot be deleted because it still contains images`;
          throw new AwsError("RepositoryNotEmptyException", message);
        }
        for (const digest of digests) await client.deleteManifest(repository, digest);
        return undefined;
      }
      default:
        return undefined;
    }
  }
}

interface Tagged {
  tag: string;
  digest: string | undefined;
}

interface ImageId {
  imageTag?: string;
  imageDigest?: string;
}

function described(found: Tagged[], repositoryName: string, registryId: string, wanted?: ImageId[]): unknown[] {
  const asked = ({ tag, digest }: Tagged) =>
    !wanted || wanted.some(({ imageTag, imageDigest }) => imageTag === tag || imageDigest === digest);
  const digests = [...new Set(found.filter(asked).map(({ digest }) => digest))];
  if (wanted && digests.length === 0) {
    const [first] = wanted;
    throw new AwsError(
      "ImageNotFoundException",
      `The image with imageId {${first?.imageTag ?? first?.imageDigest}} does not exist within the repository with name '${repositoryName}'`,
    );
  }
  return digests.map((imageDigest) => ({
    registryId,
    repositoryName,
    imageDigest,
    imageTags: found.filter(({ digest }) => digest === imageDigest).map(({ tag }) => tag),
    imagePushedAt: 0,
  }));
}
