export type { Bindable, BindArgs } from "./bindable";
export { Bucket, type BucketArgs } from "./bucket";
export { Cache, type CacheArgs } from "./cache";
export {
  bucket,
  cache,
  createData,
  fileSystem,
  postgres,
  queue,
  table,
  topic,
  type DataDeclaration,
  type DataSettings,
} from "./declarations";
export { FileSystem, type FileSystemArgs } from "./fileSystem";
export { Postgres, type PostgresArgs } from "./postgres";
export { Queue, type QueueArgs } from "./queue";
export { Table, type KeyAttribute, type TableArgs } from "./table";
export { Topic, type TopicArgs } from "./topic";
