import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { RegistryClient } from "@fairlead/images";
import { coded, parseReference, pinned } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

interface PinnedImageProperties {
  image: string;
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);

/** Asks the registry for a tag's digest when another tag is named. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: PinnedImageProperties, news: PinnedImageProperties) => Promise.resolve({ changes: olds.image !== news.image }),
  create: async (inputs: PinnedImageProperties) => ({ id: inputs.image, outs: { ...inputs, reference: await digestReference(inputs) } }),
  update: async (_id, _olds, news: PinnedImageProperties) => ({ outs: { ...news, reference: await digestReference(news) } }),
};

async function digestReference({ image }: PinnedImageProperties): Promise<string> {
  const reference = parseReference(image)!;
  const client = new RegistryClient(reference.registry, { ecr });
  const { repository, tag = "latest" } = reference;
  const digest = await client.digestOf(repository, tag);
  if (digest) return pinned(reference, digest);
  throw new Error(
    coded(
      "FL2118",
      `${image} is not there: ${client.host}/${repository} has no tag ${tag}. Nothing that needs it was changed. ` +
        "Name a version that its registry lists, or a digest.",
    ),
  );
}
