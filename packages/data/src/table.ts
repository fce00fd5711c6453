import { ArgumentErrors, type Binding } from "@fairlead/foundation";
import { bindingVariables, explicitName, nameProblem, type Access } from "@fairlead/model";
import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { keyStatements } from "./encryption";

/** Name and type of a key attribute: text, number or binary. */
export interface KeyAttribute {
  name: string;
  type?: "S" | "N" | "B";
}

/** Arguments of {@link Table}. */
export interface TableArgs {
  partitionKey: KeyAttribute;
  sortKey?: KeyAttribute;
  /** Further ways to query, by index name. */
  globalSecondaryIndexes?: Record<string, { partitionKey: KeyAttribute; sortKey?: KeyAttribute }>;
  /** Attribute with the time, in seconds since 1970, at which an item expires. None by default. */
  timeToLiveAttribute?: string;
  /** ARN of the KMS key that encrypts items. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** AWS and Pulumi refuse deletion, and Pulumi a replacement (`protect`), until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the table just before it is created. */
  transform?: (args: dynamodb.TableArgs) => dynamodb.TableArgs;
}

/**
 * A DynamoDB table that is paid by the request and can be restored to any second of the last 35 days.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html
 * @example
 * ```ts
 * const carts = new Table("carts", { partitionKey: { name: "customer" }, sortKey: { name: "item" }, timeToLiveAttribute: "expiresAt" });
 * ```
 */
export class Table extends pulumi.ComponentResource implements Bindable {
  readonly kind = "table";
  readonly arn: pulumi.Output<string>;
  readonly tableName: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  private readonly label: string;

  constructor(name: string, args: TableArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Table", name, {}, options);
    this.label = name;
    const indexes = Object.entries(args.globalSecondaryIndexes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const tableName = explicitName(`${pulumi.getStack()}-${name}`, "table");
    const errors = new ArgumentErrors();
    errors.refuse("name", nameProblem(tableName, "table"));
    if (indexes.length > 20) errors.refuse("globalSecondaryIndexes", `${indexes.length}: DynamoDB allows 20`);
    errors.throwIfAny(`Table ${name}`);
    const keys = [args, ...indexes.map(([, index]) => index)].flatMap(({ partitionKey, sortKey }) => [
      partitionKey,
      ...(sortKey ? [sortKey] : []),
    ]);
    const { deletionProtection = true } = args;
    const types = new Map(keys.map(({ name, type = "S" }) => [name, type]));
    const base: dynamodb.TableArgs = {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: args.partitionKey.name,
      rangeKey: args.sortKey?.name,
      attributes: [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => ({ name, type })),
      globalSecondaryIndexes: indexes.map(([name, { partitionKey, sortKey }]) => ({
        name,
        hashKey: partitionKey.name,
        rangeKey: sortKey?.name,
        projectionType: "ALL",
      })),
      ttl: args.timeToLiveAttribute ? { attributeName: args.timeToLiveAttribute, enabled: true } : undefined,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: args.kmsKeyArn },
      deletionProtectionEnabled: deletionProtection,
    };
    const table = new dynamodb.Table(name, args.transform?.(base) ?? base, {
      parent: this,
      protect: deletionProtection || undefined,
    });
    this.arn = table.arn;
    this.tableName = table.name;
    this.kmsKeyArn = args.kmsKeyArn;
    this.registerOutputs({ arn: this.arn, tableName: this.tableName });
  }

  /** `<NAME>_TABLE_NAME`, for the table and its indexes. */
  bind({ access }: BindArgs): Binding {
    return tableBinding(this.label, this, access, this.kmsKeyArn);
  }
}

/** What is known of a table that services are bound to. */
export interface BoundTable {
  arn: pulumi.Input<string>;
  tableName: pulumi.Input<string>;
}

/** A table's name, and the permissions on it and its indexes. */
export function tableBinding(label: string, { arn, tableName }: BoundTable, access: Access, kmsKeyArn?: pulumi.Input<string>): Binding {
  const read = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"];
  const write = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
  return {
    environment: { [bindingVariables("table", label).environment.TABLE_NAME]: tableName },
    statements: [
      {
        Effect: "Allow",
        Action: ["dynamodb:DescribeTable", ...read, ...(access === "read" ? [] : write)],
        Resource: [arn, pulumi.interpolate`${arn}/index/*`],
      },
      ...keyStatements(kmsKeyArn),
    ],
  };
}

/** Declares a {@link Table}. */
export const table = (args: Own<TableArgs>): DataDeclaration<Table> => ({
  kind: "table",
  create: (name, { kmsKeyArn, deletionProtection }) => new Table(name, { kmsKeyArn, deletionProtection, ...args }),
});
