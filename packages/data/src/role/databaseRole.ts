import { loadedProvider } from "@fairlead/foundation";
import type { Access } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { DatabaseRoleProperties } from "./databaseRoleProvider";

/** Arguments of {@link DatabaseRole}. */
export interface DatabaseRoleArgs {
  clusterArn: pulumi.Input<string>;
  masterSecretArn: pulumi.Input<string>;
  databaseName: string;
  roleName: string;
  access: Access;
  secretArn: pulumi.Input<string>;
  /** Where the database answers: the secret then has a URL as well, `url`. None by default. */
  host?: pulumi.Input<string>;
  port?: number;
  /** The secret then also says where the database is in the keys that RDS's own secrets have: `engine`, `host`, `port`, `dbname`. False by default. */
  asRdsDoes?: boolean;
}

/**
 * A login of PostgreSQL's for one service, with the rights that it asked for, and its password in a secret. A new password is made with it, and
 * when it is replaced (`pulumi up --replace <urn>`), never by itself: a task that runs goes on with what it read when it started.
 *
 * Whoever runs `up` needs `rds-data:BeginTransaction`, `ExecuteStatement`, `CommitTransaction` and `RollbackTransaction`,
 * `secretsmanager:GetSecretValue` of the administrator's secret and `PutSecretValue` of this one, and the use of the key that encrypts them.
 */
export class DatabaseRole extends pulumi.CustomResource {
  /** Version of the secret that has its password; known once the role can log in. */
  declare readonly versionId: pulumi.Output<string>;

  constructor(name: string, args: DatabaseRoleArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...args } satisfies { [Key in keyof DatabaseRoleProperties]: unknown };
    const __provider = loadedProvider("@fairlead/data/databaseRoleProvider");
    super("pulumi-nodejs:dynamic/fairlead:DatabaseRole", name, { ...properties, versionId: undefined, __provider }, options);
  }
}
