import type { DataKind } from "@fairlead/model";

import type { AddonArgs } from "./addonArgs";
import { declarable } from "./dataResources";
import { existingData } from "./existingData";
import type { AddonData } from "./exports";
import type { Resource, Template } from "./template";

/** Declares the data that a resource is, and says of each of its properties what becomes of it; undefined for what is no data. */
export function declaredData(template: Template, resource: Resource, args: AddonArgs): AddonData | undefined {
  const { service, claims } = args;
  const { id, type, place } = resource;
  // An instance of a cluster is part of it.
  const isMember = type === "AWS::RDS::DBInstance" && template.property(resource, "DBClusterIdentifier") !== undefined;
  const found = isMember ? undefined : declarable[type]?.(template, resource);
  if (!found) return undefined;
  const name = dataName(id);
  const kind = found.declaration.slice(0, found.declaration.indexOf("(")) as DataKind;
  const told = { outcome: "changed", place, source: `${id} (${type})`, service } as const;
  const unsaid = template.properties(resource).filter(([key]) => !found.said.includes(key) && found.otherwise?.[key] === undefined);
  const existing = unsaid.length > 0 ? existingData(template, resource, args) : undefined;
  if (existing) {
    const [declaration] = existing.values();
    const what = unsaid.map(([key]) => key).join(", ");
    const text = `it stays as it is, since none that is made here has its ${what}. Before Copilot's stack goes, give it DeletionPolicy: Retain.`;
    claims.say({ ...told, to: `stacks/<environment>.ts: ${name}`, now: declaration, text });
    return { name, declaration: declaration!, kind, as: {}, existing };
  }
  claims.say({
    ...told,
    to: `stacks/data.ts: ${name}`,
    now: found.declaration,
    text: `a new one is made beside the old one, which stays: ${found.move}`,
  });
  for (const [key, node] of template.properties(resource)) {
    if (found.said.includes(key)) continue;
    const text = found.otherwise?.[key];
    if (text !== undefined) {
      claims.say({ outcome: "changed", place: node.origin.place, source: `${id}.${key}`, service, to: `stacks/data.ts: ${name}`, text });
      continue;
    }
    claims.say({
      outcome: "decide",
      place: node.origin.place,
      source: `${id}.${key}`,
      service,
      to: `stacks/data.ts: ${name}`,
      text: "Its declaration has no word for it: set it in a transform, where the data needs it.",
    });
  }
  return { name, declaration: found.declaration, kind, as: {} };
}

/** `ordersDBCluster` as `orders`. */
export function dataName(id: string): string {
  const short = id.replace(
    /(?:DBCluster|DbCluster|DBInstance|RdsInstance|ReplicationGroup|CacheCluster|Bucket|Table|Queue|Topic|FileSystem|Cluster)$/,
    "",
  );
  const words = (short === "" ? id : short).replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const name = words
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 30)
    .replace(/-+$/, "");
  // Buckets and tables have names of three characters at least.
  return name.length < 3 ? `${name}${name === "" ? "" : "-"}data` : name;
}
