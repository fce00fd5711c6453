import { ArgumentErrors, type LogSettings } from "@fairlead/foundation";
import { explicitName, nameProblem, withDefaults } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import type * as rds from "@pulumi/aws/rds";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments of `Postgres`. */
export interface PostgresArgs {
  network: Network;
  /** Name of the database in it. The component's by default, with underscores. */
  databaseName?: string;
  /**
   * Major version of PostgreSQL. 16 by default; minor versions come by themselves. Raise it as a change of its own: `up` then does the
   * upgrade, during which the database answers nobody for minutes, and no way leads back but a snapshot.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.html
   */
  majorVersion?: 15 | 16 | 17;
  /**
   * Aurora capacity units at least and at most; one is about 2 GiB of memory. 0.5 to 4 by default. 0 lets it pause when nobody is connected,
   * which costs the first caller some 15 seconds.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
   */
  minCapacity?: number;
  maxCapacity?: number;
  /** Instances, each in another zone. 2 by default: an outage of one zone costs half a minute, not the database. */
  instances?: number;
  /** Days that backups go back; 1 to 35. 7 by default. */
  backupRetentionDays?: number;
  /** How its log is kept, which tells of errors, of waits for locks and of slow statements. 30 days by default. */
  logs?: LogSettings;
  /** ARN of the KMS key that encrypts data, statistics of queries and passwords. AWS's own keys by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** AWS and Pulumi refuse deletion, and Pulumi a replacement (`protect`), until it is switched off. True by default. */
  deletionProtection?: boolean;
  /**
   * Whether a snapshot is left when it is deleted, and its backups until they expire. True by default, also once `deletionProtection` is
   * switched off for that: false is for data that nobody will want back.
   */
  finalSnapshot?: boolean;
  /**
   * Whether each service has a role of its own. True by default. False is for regions without the Data API, which makes them: every service is
   * then the administrator, `read` can write, and tasks must be started anew each week, when RDS changes the password.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.Data_API.html
   */
  serviceRoles?: boolean;
  /** Changes the arguments of the cluster just before it is created. */
  transform?: (args: rds.ClusterArgs) => rds.ClusterArgs;
}

/** Of Aurora Serverless. */
export const capacityUnits = { minCapacity: { minimum: 0, default: 0.5 }, maxCapacity: { minimum: 1, maximum: 256, default: 4 } } as const;

/** @throws pulumi.InputPropertiesError with all invalid arguments at once */
export function validatePostgres(name: string, args: PostgresArgs): void {
  const { minCapacity, maxCapacity } = withDefaults(args, capacityUnits);
  const errors = new ArgumentErrors();
  errors.refuse("name", nameProblem(explicitName(name, "postgres"), "postgres"));
  errors.range("minCapacity", minCapacity, [capacityUnits.minCapacity.minimum, maxCapacity], "capacity units, at most maxCapacity");
  errors.range("maxCapacity", maxCapacity, capacityUnits.maxCapacity, "capacity units");
  errors.range("instances", args.instances, [1, 16], "instances");
  errors.range("backupRetentionDays", args.backupRetentionDays, [1, 35], "days");
  const { databaseName } = args;
  if (databaseName !== undefined && !/^[A-Za-z]\w{0,62}$/.test(databaseName))
    errors.refuse("databaseName", `"${databaseName}": letters, digits, underscores`);
  errors.throwIfAny(`Postgres ${name}`);
}
