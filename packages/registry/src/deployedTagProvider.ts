import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { ImageError, RegistryClient } from "@fairlead/images";
import { parseReference } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

interface DeployedTagProperties {
  /** `registry/repository@sha256:…` */
  image: string;
  tag: string;
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);

/** Tags an image when it is another one, or its tag is. A tag that is there says that the image was rolled out before: it stays. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: DeployedTagProperties, news: DeployedTagProperties) =>
    Promise.resolve({ changes: olds.image !== news.image || olds.tag !== news.tag }),
  create: async (inputs: DeployedTagProperties) => ({ id: await tagImage(inputs), outs: inputs }),
  update: async (_id, _olds, news: DeployedTagProperties) => {
    await tagImage(news);
    return { outs: news };
  },
};

async function tagImage({ image, tag }: DeployedTagProperties): Promise<string> {
  const { registry, repository, digest } = parseReference(image)!;
  const client = new RegistryClient(registry, { ecr });
  const id = `${registry}/${repository}:${tag}`;
  if (await client.digestOf(repository, tag)) return id;
  const manifest = await client.manifest(repository, digest!);
  if (!manifest) throw new ImageError("FL2118", `${registry}/${repository} has no ${digest}`);
  await client.putManifest(repository, tag, manifest);
  return id;
}
