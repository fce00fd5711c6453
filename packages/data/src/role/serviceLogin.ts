import { secretsManagerSecret, type SecretOptions, type SecretReference } from "@fairlead/foundation";
import { explicitName } from "@fairlead/model";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";

import type { BindArgs } from "../bindable";
import { DatabaseRole, type DatabaseRoleArgs } from "./databaseRole";

/** Arguments of {@link serviceLogin}. */
export interface ServiceLoginArgs extends Omit<DatabaseRoleArgs, "roleName" | "access" | "secretArn"> {
  /** Name of the database's component. */
  label: string;
  kmsKeyArn?: pulumi.Input<string>;
}

/** What ECS reads as a task starts. */
type Login = Record<"username" | "password" | "url" | "whole", SecretReference>;

/** The login in a secret that has `username` and `password`, as RDS writes them too; `url` in one that was made with a place; and the secret's whole text. */
export function loginOf(secretArn: pulumi.Input<string>, options: Omit<SecretOptions, "jsonKey">): Login {
  const reference = (jsonKey: string) => secretsManagerSecret(secretArn, { ...options, jsonKey });
  return {
    username: reference("username"),
    password: reference("password"),
    url: reference("url"),
    whole: secretsManagerSecret(secretArn, options),
  };
}

/** A role of the database's for one service, and the secret with its name and password. */
export function serviceLogin(args: ServiceLoginArgs, { serviceName, access, parent }: BindArgs): Login {
  const { label, kmsKeyArn, ...database } = args;
  const name = `${serviceName}-${label}`;
  const secret = new secretsmanager.Secret(
    name,
    {
      description: `Login of ${serviceName} to the database ${label}`,
      kmsKeyId: kmsKeyArn,
      // Nobody wants it back: the role goes with it, and the next one has another password.
      recoveryWindowInDays: 0,
    },
    { parent },
  );
  const roleName = explicitName(`service_${serviceName}`, "databaseRole");
  const { versionId } = new DatabaseRole(name, { ...database, roleName, access, secretArn: secret.arn }, { parent });
  return loginOf(secret.arn, { versionId, kmsKeyArn });
}
