import type { Plan } from "@fairlead/plan";

import { awsResources } from "./awsResources";
import { cacheCertificate, cacheData, cachesOf } from "./caches";
import { databasesOf, type Database } from "./databases";
import { fileSystems, type LocalFileSystems } from "./fileSystems";
import { generatedSecrets } from "./generatedSecrets";
import type { DataContext, LocalData } from "./model";
import { notHere } from "./notHere";
import { postgres, postgresCertificate } from "./postgres";
import { authorityMount, trust, type ServerCertificate } from "./tls";

/** What services use, of an environment on one machine. */
export interface LocalDataOfPlan extends Pick<LocalFileSystems, "volumeOf"> {
  data: LocalData[];
  /** Certificates whose files must be there before anything starts. @see ensureCertificates */
  certificates: ServerCertificate[];
  /** What is otherwise than on AWS, a sentence each. */
  notes: string[];
}

/** What stands for the databases, caches, queues, topics, tables, buckets, secrets and file systems of a plan. */
export function localData(plan: Plan, context: DataContext): LocalDataOfPlan {
  const databases = databasesOf(plan).filter(isPostgres);
  const caches = cachesOf(plan);
  const bound = [...databases.map((each) => postgres(each, context)), ...caches.map((each) => cacheData(each, context))];
  const withTls = caches.filter(({ usesTls }) => usesTls);
  const trusting = bound.filter(({ resources }) => [...databases, ...withTls].some(({ urn }) => resources.includes(urn)));
  const generated = generatedSecrets(plan);
  const secrets = Object.assign({}, ...[...bound, ...generated].map((each) => each.secrets)) as Record<string, string>;
  const aws = awsResources(plan, context, secrets);
  const volumes = fileSystems(plan, context);
  return {
    data: [...bound, ...generated, ...authority(trusting, context), ...aws.data, ...volumes.data],
    volumeOf: volumes.volumeOf,
    certificates: [...databases.map(postgresCertificate), ...withTls.map(cacheCertificate)],
    notes: [...aws.notes, ...volumes.notes, ...notHere(plan, databases, caches)],
  };
}

/** The security groups of each server that {@link localData} has. */
export const serverGroups = (plan: Plan): string[][] =>
  [...databasesOf(plan).filter(isPostgres), ...cachesOf(plan)].map(({ securityGroups }) => securityGroups);

const isPostgres = ({ engine }: Database) => engine === "postgres";

/** What a task needs to trust a server, once: Docker refuses a mount that is there twice. */
function authority(trusting: readonly LocalData[], { settings }: DataContext): LocalData[] {
  if (trusting.length === 0) return [];
  const resources = trusting.flatMap((each) => each.resources);
  const mounts = [authorityMount(settings)];
  return [{ resources, outputs: {}, secrets: {}, part: {}, dependsOn: {}, environment: trust, mounts }];
}
