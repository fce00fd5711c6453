/** What services can be bound to. */
export const dataKinds = ["postgres", "cache", "queue", "topic", "table", "bucket", "fileSystem"] as const;
export type DataKind = (typeof dataKinds)[number];

/** What a service may do with what it is bound to. */
export type Access = "read" | "write" | "readWrite";

/** Access that makes sense for a kind; the first is the default. */
export const accessByKind: Record<DataKind, readonly Access[]> = {
  postgres: ["readWrite", "read"],
  cache: ["readWrite"],
  queue: ["readWrite", "read", "write"],
  topic: ["write"],
  table: ["readWrite", "read"],
  bucket: ["readWrite", "read", "write"],
  fileSystem: ["readWrite", "read"],
};
