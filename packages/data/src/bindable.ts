import type { Access, Binding } from "@fairlead/foundation";
import type * as pulumi from "@pulumi/pulumi";

export type { Access };

/** What services can be bound to. */
export const dataKinds = ["postgres", "cache", "queue", "topic", "table", "bucket", "fileSystem"] as const;
export type DataKind = (typeof dataKinds)[number];

/** Who is bound, and how. */
export interface BindArgs {
  /** Name of the service. */
  serviceName: string;
  access: Access;
  /** Path of a file system in the container. */
  containerPath?: string;
  /** Parent of whatever the binding creates. */
  parent: pulumi.Resource;
}

/** Something that a manifest's `uses:` names. */
export interface Bindable {
  readonly kind: DataKind;
  /** Variables, permissions and the port for one service, and nothing else. */
  bind(args: BindArgs): Binding;
}

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
