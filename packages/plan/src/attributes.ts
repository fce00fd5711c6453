import type { ResourceTransformationArgs, ResourceTransformationResult } from "@pulumi/pulumi";

const none: ReadonlySet<string> = new Set();

/**
 * Learns which attributes each resource type has. Provider SDKs hand every attribute to the resource constructor, outputs as
 * `undefined`; a stack transformation sees them before they are dropped on the way to the engine.
 */
export class AttributeNames {
  private readonly byType = new Map<string, ReadonlySet<string>>();

  readonly transformation = ({ type, props }: ResourceTransformationArgs): ResourceTransformationResult | undefined => {
    if (!this.byType.has(type)) this.byType.set(type, new Set(Object.keys(props)));
    return undefined;
  };

  of(type: string): ReadonlySet<string> {
    return this.byType.get(type) ?? none;
  }
}
