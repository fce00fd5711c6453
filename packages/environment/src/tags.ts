import type { ServiceSpec } from "@fairlead/manifest";
import { clusterTag } from "@fairlead/model";
import { sheetOf } from "@fairlead/model/awsTypes";
import type * as pulumi from "@pulumi/pulumi";

/** Gives every resource below a service that takes tags those of the service, and its owner as one. */
export function tagging({ owner, tags }: ServiceSpec): pulumi.ResourceTransformation[] {
  const all = { ...(owner !== undefined && { owner }), ...tags };
  if (Object.keys(all).length === 0) return [];
  return [
    ({ type, props, opts }) => {
      if (!sheetOf(type)?.taggable) return undefined;
      const { tags: own = {} } = props as { tags?: Record<string, pulumi.Input<string>> };
      // Roles are given permissions by it, and a manifest's author gives none.
      const kept = clusterTag in own && { [clusterTag]: own[clusterTag]! };
      return { props: { ...props, tags: { ...own, ...all, ...kept } }, opts };
    },
  ];
}
