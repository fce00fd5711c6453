import type { Binding } from "@fairlead/foundation";
import type { Access, BindingNames, DataKind } from "@fairlead/model";
import type * as pulumi from "@pulumi/pulumi";

/** Who is bound, and how. */
export interface BindArgs {
  /** Name of the service. */
  serviceName: string;
  access: Access;
  /** Variables of its own names, by the part of the binding that they have. None by default. */
  as?: BindingNames;
  /** Path of a file system in the container, or of the file that has a secret. */
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
