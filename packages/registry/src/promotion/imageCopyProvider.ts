import { isDeepStrictEqual } from "node:util";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { copyImage, copyReferrers, ImageError, inTurn, RegistryClient } from "@fairlead/images";
import { parseReference } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

interface ImageCopyProperties {
  /** `registry/repository@sha256:…` */
  from: string;
  /** `registry/repository` */
  to: string;
  tags: string[];
}

const aws = new AwsAccess();
const ecr = (region: string) => aws.clientConfig("ecr", region);
const copies = inTurn(2);

/** Copies when another image is promoted, or to another repository. Copies stay when the resource goes. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: ImageCopyProperties, news: ImageCopyProperties) =>
    Promise.resolve({ changes: olds.from !== news.from || olds.to !== news.to || !isDeepStrictEqual(olds.tags, news.tags) }),
  create: async (inputs: ImageCopyProperties) => ({ id: await copies(() => copy(inputs)), outs: inputs }),
  update: async (_id, _olds, news: ImageCopyProperties) => {
    await copies(() => copy(news));
    return { outs: news };
  },
};

async function copy({ from, to, tags }: ImageCopyProperties): Promise<string> {
  const [source, target] = [parseReference(from)!, parseReference(to)!];
  const addressOf = ({ registry, repository }: typeof source) => ({ client: new RegistryClient(registry, { ecr }), repository });
  const [there, here] = [addressOf(source), addressOf(target)];
  await copyImage(there, source.digest!, here, tags);
  // Who needs none should not be kept from the image by them; where one is required, its lack is told before a task gets the image.
  await copyReferrers(there, source.digest!, here).catch((error: unknown) => {
    if (!(error instanceof ImageError)) throw error;
  });
  return `${to}@${source.digest}`;
}
