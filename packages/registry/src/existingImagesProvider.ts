import { isDeepStrictEqual } from "node:util";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { inTurn, RegistryClient } from "@fairlead/images";
import { parseReference } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

interface ExistingImagesProperties {
  /** `registry/repository` */
  repository: string;
  tags: string[];
  build: string;
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);
const lookups = inTurn(4);

/** Asks the registry when other tags, or another way to build, are named: a build that goes on as it was keeps the answer of its beginning. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: ExistingImagesProperties, news: ExistingImagesProperties) =>
    Promise.resolve({
      changes: olds.repository !== news.repository || olds.build !== news.build || !isDeepStrictEqual(olds.tags, news.tags),
    }),
  create: async (inputs: ExistingImagesProperties) => ({ id: inputs.repository, outs: { ...inputs, digests: await digestsOf(inputs) } }),
  update: async (_id, _olds, news: ExistingImagesProperties) => ({ outs: { ...news, digests: await digestsOf(news) } }),
};

function digestsOf({ repository: url, tags }: ExistingImagesProperties): Promise<Record<string, string>> {
  return lookups(async () => {
    const { registry, repository } = parseReference(url)!;
    const client = new RegistryClient(registry, { ecr });
    const found = await Promise.all(tags.map(async (tag) => [tag, await client.digestOf(repository, tag)] as const));
    return Object.fromEntries(found.flatMap(([tag, digest]) => (digest ? [[tag, digest]] : [])));
  });
}
