import type * as pulumi from "@pulumi/pulumi";

import type { Statement } from "./policyDocument";
import type { SecretReference } from "./secretReference";

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
  /** Secrets that a program reads from files, by the paths of these. */
  secretFiles?: Record<string, SecretReference>;
  /** What its task role may do. */
  statements?: Statement[];
  /** The port that its tasks are let in to. */
  ingress?: { name: string; securityGroupId: pulumi.Input<string>; port: number };
  volume?: VolumeBinding;
}
