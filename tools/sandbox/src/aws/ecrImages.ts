import { registryClient, registryLogin, taggedDigests } from "../registryAccess";
import { AwsError, type AwsRequest } from "./requests";

/** ECR's part that knows images: they are in the registry of the sandbox, of which moto knows nothing. */
export class EcrImages {
  /** What a basic scan found in the images of a repository, by its name. Nothing, where nothing is set. */
  readonly findings = new Map<string, { name: string; severity: string }[]>();

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
      case "DescribeImageScanFindings": {
        const imageId = given.imageId as ImageId;
        if (!(await client.manifest(repository, imageId.imageDigest!))) throw imageNotFound(imageId, repository);
        const imageScanFindings = { findings: this.findings.get(repository) ?? [] };
        return {
          registryId: this.accountId,
          repositoryName: repository,
          imageId,
          imageScanStatus: { status: "COMPLETE" },
          imageScanFindings,
        };
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

function imageNotFound(imageId: ImageId | undefined, repositoryName: string): AwsError {
  const message = `The image with imageId {${imageId?.imageTag ?? imageId?.imageDigest}} does not exist within the repository with name '${repositoryName}'`;
  return new AwsError("ImageNotFoundException", message);
}

function described(found: Tagged[], repositoryName: string, registryId: string, wanted?: ImageId[]): unknown[] {
  const asked = ({ tag, digest }: Tagged) =>
    !wanted || wanted.some(({ imageTag, imageDigest }) => imageTag === tag || imageDigest === digest);
  const digests = [...new Set(found.filter(asked).map(({ digest }) => digest))];
  if (wanted && digests.length === 0) {
    throw imageNotFound(wanted[0], repositoryName);
  }
  return digests.map((imageDigest) => ({
    registryId,
    repositoryName,
    imageDigest,
    imageTags: found.filter(({ digest }) => digest === imageDigest).map(({ tag }) => tag),
    imagePushedAt: 0,
  }));
}
