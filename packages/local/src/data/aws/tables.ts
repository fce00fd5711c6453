import { isMap } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { arnOf, ofType, outputsOf, textOf } from "../planResources";
import { physicalName, type AwsContext, type AwsResource } from "./resource";

const maps = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isMap) : []);

/** Tables of DynamoDB, paid by the request whatever they are on AWS: nobody pays here. */
export function tables({ plan, region, used }: AwsContext): AwsResource[] {
  return ofType(plan, "aws:dynamodb/table:Table")
    .filter(({ urn }) => used.has(urn))
    .map((table): AwsResource => {
      const { urn, inputs } = table;
      const TableName = physicalName(plan, table, { allowed: /[^a-z0-9_.-]+/g, longest: 255 });
      const arn = arnOf("dynamodb", region, `table/${TableName}`);
      const ttl = isMap(inputs.ttl) && textOf(inputs.ttl.enabled) !== "false" ? textOf(inputs.ttl.attributeName) : undefined;
      return {
        urn,
        outputs: outputsOf(urn, { id: TableName, name: TableName, arn }),
        calls: [
          {
            stage: 0,
            call: { service: "dynamodb", operation: "create-table", request: creation(table, TableName), done: ["ResourceInUseException"] },
          },
          ...(ttl === undefined ? [] : [{ stage: 1 as const, call: expiry(TableName, ttl) }]),
        ],
      };
    });
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
function creation({ inputs }: PlanResource, TableName: string): object {
  const indexes = (value: unknown, tablesHashKey?: unknown) =>
    maps(value).map((index) => ({
      IndexName: textOf(index.name),
      KeySchema: keysOf({ hashKey: tablesHashKey, ...index }),
      Projection: {
        ProjectionType: textOf(index.projectionType) ?? "ALL",
        ...(Array.isArray(index.nonKeyAttributes) && index.nonKeyAttributes.length > 0 && { NonKeyAttributes: index.nonKeyAttributes }),
      },
    }));
  const global = indexes(inputs.globalSecondaryIndexes);
  const local = indexes(inputs.localSecondaryIndexes, inputs.hashKey);
  const stream = textOf(inputs.streamEnabled) === "true";
  return {
    TableName,
    AttributeDefinitions: maps(inputs.attributes).map(({ name, type }) => ({ AttributeName: textOf(name), AttributeType: textOf(type) })),
    KeySchema: keysOf(inputs),
    BillingMode: "PAY_PER_REQUEST",
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: textOf(inputs.streamViewType) ?? "NEW_AND_OLD_IMAGES" } }),
  };
}

/** Of a table or of an index, which may have its keys in a list. */
function keysOf({ hashKey, rangeKey, keySchemas }: Record<string, unknown>): object[] {
  const listed = maps(keySchemas).map(({ attributeName, keyType }) => ({ AttributeName: textOf(attributeName), KeyType: textOf(keyType) }));
  if (listed.length > 0) return listed;
  const [hash, range] = [textOf(hashKey), textOf(rangeKey)];
  return [{ AttributeName: hash, KeyType: "HASH" }, ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" }])];
}

const expiry = (TableName: string, AttributeName: string) => ({
  service: "dynamodb",
  operation: "update-time-to-live",
  request: { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName } },
  done: ["TimeToLive is already enabled"],
});
