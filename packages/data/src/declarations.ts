import type { DataKind } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import type * as pulumi from "@pulumi/pulumi";

import type { Bindable } from "./bindable";
import { Bucket, type BucketArgs } from "./bucket";
import { Cache, type CacheArgs } from "./cache";
import { checkTopics } from "./checkTopics";
import { FileSystem, type FileSystemArgs } from "./fileSystem";
import { Postgres, type PostgresArgs } from "./postgres";
import { Queue, type QueueArgs } from "./queue";
import { Table, type TableArgs } from "./table";
import { Topic, type TopicArgs } from "./topic";

/** What an environment decides for all of its data. */
export interface DataSettings {
  network: Network;
  kmsKeyArn?: pulumi.Input<string>;
  /** Refuses deletion of what holds data. */
  deletionProtection: boolean;
  accessLogsBucket?: pulumi.Input<string>;
}

/**
 * A data resource that is declared and not made yet: manifests are checked against its name and kind before the first resource exists.
 */
export interface DataDeclaration<B extends Bindable = Bindable> {
  kind: DataKind;
  /** Topics that it names, which must be declared before it. None by default. */
  topics?: readonly string[];
  /** `made`: what was declared before it. */
  create(name: string, settings: DataSettings, made: ReadonlyMap<string, Bindable>): B;
}

type Own<Args> = Omit<Args, "network" | "kmsKeyArn" | "deletionProtection" | "accessLogsBucket">;

export const postgres = (args: Own<PostgresArgs> = {}): DataDeclaration<Postgres> => ({
  kind: "postgres",
  create: (name, { network, kmsKeyArn, deletionProtection }) => new Postgres(name, { network, kmsKeyArn, deletionProtection, ...args }),
});

export const cache = (args: Own<CacheArgs> = {}): DataDeclaration<Cache> => ({
  kind: "cache",
  create: (name, { network, kmsKeyArn }) => new Cache(name, { network, kmsKeyArn, ...args }),
});

/** `topics` names topics that are declared before it. */
export const queue = ({ topics = [], ...args }: Own<Omit<QueueArgs, "topics">> & { topics?: string[] } = {}): DataDeclaration<Queue> => ({
  kind: "queue",
  topics,
  // createData has found them all.
  create: (name, { kmsKeyArn }, made) =>
    new Queue(name, { kmsKeyArn, topics: topics.map((topicName) => made.get(topicName) as Topic), ...args }),
});

export const topic = (args: Own<TopicArgs> = {}): DataDeclaration<Topic> => ({
  kind: "topic",
  create: (name, { kmsKeyArn }) => new Topic(name, { kmsKeyArn, ...args }),
});

export const table = (args: Own<TableArgs>): DataDeclaration<Table> => ({
  kind: "table",
  create: (name, { kmsKeyArn, deletionProtection }) => new Table(name, { kmsKeyArn, deletionProtection, ...args }),
});

export const bucket = (args: Own<BucketArgs> = {}): DataDeclaration<Bucket> => ({
  kind: "bucket",
  create: (name, { kmsKeyArn, accessLogsBucket, deletionProtection }) =>
    new Bucket(name, { kmsKeyArn, accessLogsBucket, forceDestroy: !deletionProtection, ...args }),
});

export const fileSystem = (args: Own<FileSystemArgs> = {}): DataDeclaration<FileSystem> => ({
  kind: "fileSystem",
  create: (name, { network, kmsKeyArn, deletionProtection }) => new FileSystem(name, { network, kmsKeyArn, deletionProtection, ...args }),
});

/**
 * Makes what was declared, in its order.
 *
 * @throws pulumi.InputPropertiesError with every name of a topic that leads nowhere, before anything is made
 */
export function createData(declarations: Record<string, DataDeclaration>, settings: DataSettings): Map<string, Bindable> {
  checkTopics(declarations);
  const made = new Map<string, Bindable>();
  for (const [name, declaration] of Object.entries(declarations)) made.set(name, declaration.create(name, settings, made));
  return made;
}
