import type { SourceNode } from "../../source/sourceNode";
import type { AddonArgs } from "./addonArgs";
import type { Resource, Template } from "./template";
import { Texts } from "./texts";

/** What declares data that is there already, and the property that names it, by its type. */
const declarations: Readonly<Record<string, { call: string; argument: string; property: string }>> = {
  "AWS::S3::Bucket": { call: "existingBucket", argument: "bucketName", property: "BucketName" },
  "AWS::DynamoDB::Table": { call: "existingTable", argument: "tableName", property: "TableName" },
};

/**
 * What declares the data in each environment, as the one that it has there already; undefined where its name can't be told without deploying the template, or
 * where a key that nobody knows here encrypts it.
 */
export function existingData(
  template: Template,
  resource: Resource,
  { application, service, environments }: AddonArgs,
): ReadonlyMap<string, string> | undefined {
  const known = declarations[resource.type];
  if (!known || environments.length === 0 || hasKey(resource.node)) return undefined;
  const found = environments.map((environment): [string, string | undefined] => {
    const texts = new Texts(template.in(environment), { application, service });
    const name = texts.of(template.property(resource, known.property));
    const isTold = name !== undefined && !texts.isWidened && /^[\w.-]{3,255}$/.test(name);
    return [environment, isTold ? `${known.call}({ ${known.argument}: ${JSON.stringify(name)} })` : undefined];
  });
  return found.every((entry): entry is [string, string] => entry[1] !== undefined) ? new Map(found) : undefined;
}

/** Whether a key is named that encrypts it. */
function hasKey(node: SourceNode): boolean {
  if (node.kind === "list") return node.items.some(hasKey);
  return node.kind === "map" && [...node.entries].some(([key, { value }]) => /^KMSMasterKeyI[dD]$/.test(key) || hasKey(value));
}
