export type { Bindable, BindArgs } from "./bindable";
export { bucket, Bucket, type BucketArgs } from "./bucket";
export { cache, Cache, type CacheArgs } from "./cache";
export { createData } from "./createData";
export type { DataDeclaration, DataSettings } from "./declaration";
export { existingCache, existingPostgres, type ExistingCacheArgs, type ExistingPostgresArgs } from "./existing/databases";
export { existingQueue, existingTopic, type ExistingQueueArgs, type ExistingTopicArgs } from "./existing/messaging";
export {
  existingBucket,
  existingFileSystem,
  existingTable,
  type ExistingBucketArgs,
  type ExistingFileSystemArgs,
  type ExistingTableArgs,
} from "./existing/storage";
export { fileSystem, FileSystem, type FileSystemArgs } from "./fileSystem";
export { Secret, secret, type SecretArgs } from "./secret";
export { withOwnNames } from "./ownNames";
export { postgres, Postgres } from "./postgres";
export type { PostgresArgs } from "./postgresArgs";
export { queue, Queue, type QueueArgs } from "./queue";
export { table, Table, type KeyAttribute, type TableArgs } from "./table";
export { topic, Topic, type TopicArgs } from "./topic";
