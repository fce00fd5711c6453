import type * as pulumi from "@pulumi/pulumi";

import type { Statement } from "./policyDocument";
import type { SecretReference } from "./secretReference";

/** What a service may do with what it is bound to. */
export type Access = "read" | "write" | "readWrite";

/** A file system at a path of the container. */
export interface VolumeBinding {
  name: string;
  fileSystemId: pulumi.Input<string>;
  accessPointId: pulumi.Input<string>;
  containerPath: string;
  readOnly: boolean;
}

/** All that a service gets to reach one thing, and nothing else. */
export interface Binding {
  environment?: Record<string, pulumi.Input<string>>;
  secrets?: Record<string, SecretReference>;
  /** What its task role may do. */
  statements?: Statement[];
  /** The port that its tasks are let in to. */
  ingress?: { name: string; securityGroupId: pulumi.Input<string>; port: number };
  volume?: VolumeBinding;
}

/** `order-history` → `ORDER_HISTORY`: the beginning of the names of its variables. */
export function variablePrefix(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}
