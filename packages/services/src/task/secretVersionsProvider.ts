import { createHash } from "node:crypto";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { engineLog } from "@fairlead/foundation/engineLog";
import { coded } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

import { currentVersions, nameOf, type NamedSecret } from "./currentVersions";

/** What the engine keeps: versions, never a value. */
export interface SecretVersionsProperties {
  service: string;
  secrets: NamedSecret[];
  resourceUrn: string;
  /** The version that each was deployed with, by ARN. */
  versions?: Record<string, string>;
  digest?: string;
}

const aws = new AwsAccess();

/** Asks AWS at each `up` and preview. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: async (_id, olds: SecretVersionsProperties, news: SecretVersionsProperties) => {
    if (!isSameSet(olds, news)) return { changes: true };
    const log = engineLog(news.resourceUrn);
    const found = await currentVersions(news.secrets, aws);
    for (const { secret, problem } of found.unknown) await log.warn(keptText(news, secret, problem));
    const changed = news.secrets.filter(({ arn }) => found.versions.has(arn) && found.versions.get(arn) !== olds.versions?.[arn]);
    for (const secret of changed) await log.info(`${nameOf(secret)} has another version: up deploys ${news.service} with it`);
    return { changes: changed.length > 0 };
  },
  create: async (inputs: SecretVersionsProperties) => ({ id: inputs.service, outs: await deployed(inputs) }),
  update: async (_id, olds: SecretVersionsProperties, news: SecretVersionsProperties) => ({ outs: await deployed(news, olds.versions) }),
};

/** Where a preview doesn't know the secrets, it is given a text in place of the list. */
function isSameSet(olds: SecretVersionsProperties, news: SecretVersionsProperties): boolean {
  const arns = (secrets: unknown) => (Array.isArray(secrets) ? (secrets as NamedSecret[]).map(({ arn }) => arn).join("\n") : undefined);
  return arns(olds.secrets) === arns(news.secrets);
}

/** @throws Error with FL2503 where a version is neither told nor known from before */
async function deployed(inputs: SecretVersionsProperties, before: Record<string, string> = {}): Promise<SecretVersionsProperties> {
  const found = await currentVersions(inputs.secrets, aws);
  const lost = found.unknown.filter(({ secret }) => before[secret.arn] === undefined);
  if (lost.length > 0) {
    const reasons = lost.map(({ secret, problem }) => `${nameOf(secret)}: its current version can't be asked: ${problem}`);
    throw new Error(coded("FL2503", `${reasons.join("; ")}. ${inputs.service} was left as it is.`));
  }
  const versions = Object.fromEntries(inputs.secrets.map(({ arn }) => [arn, found.versions.get(arn) ?? before[arn]!]));
  const digest = createHash("sha256").update(JSON.stringify(versions)).digest("hex").slice(0, 16);
  return { ...inputs, versions, digest };
}

function keptText({ service }: SecretVersionsProperties, secret: NamedSecret, problem: string): string {
  const text = `${nameOf(secret)}: its current version can't be asked: ${problem}. ${service} stays with the version that it was deployed with.`;
  return coded("FL2503", text);
}
