import { ArgumentErrors, policyDocument, trustingRole, type RolePermissions } from "@fairlead/foundation";
import { coded } from "@fairlead/model";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { operateStatements, readStatements } from "./operatorStatements";

/** Arguments of {@link OperatorAccess}. */
export interface OperatorAccessArgs {
  /** ARNs of roles and users who may assume both roles, such as those of IAM Identity Center's permission sets. No pattern. */
  trustedArns: pulumi.Input<string>[];
  /** Stacks whose services may be acted on. */
  environments: string[];
  /** Keys that sessions of ECS Exec are encrypted with: the environments' own. None by default: then such a session is refused. */
  sessionKeyArns?: pulumi.Input<string>[];
  /** Seconds that a session may last, 3600 to 43200. 3600 by default, as AWS's own. */
  maxSessionDuration?: number;
  /** Changes the arguments of each role just before it is created. */
  transform?: (args: iam.RoleArgs) => iam.RoleArgs;
}

/**
 * Roles of people who look after environments: `read` may do what `fairlead status`, `logs`, `history`, `open` and `doctor` ask, and nothing that changes anything;
 * `operate` also what `restart`, `continue`, `rollback`, `stop`, `start`, `run`, `exec` and `tunnel` do, to the services of these environments.
 *
 * @example
 * ```ts
 * new OperatorAccess("shop", {
 *   trustedArns: ["arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Engineers_0123456789abcdef"],
 *   environments: ["staging", "prod"],
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class OperatorAccess extends pulumi.ComponentResource {
  readonly readRoleArn: pulumi.Output<string>;
  readonly operateRoleArn: pulumi.Output<string>;

  constructor(name: string, args: OperatorAccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:access:OperatorAccess", name, {}, options);
    check(name, args);
    const { environments, sessionKeyArns, trustedArns, maxSessionDuration, transform } = args;
    const accountId = getCallerIdentityOutput({}, { parent: this }).accountId;
    const assumeRolePolicy = policyDocument([{ Effect: "Allow", Principal: { AWS: trustedArns }, Action: "sts:AssumeRole" }]);
    const make = (purpose: string, permissions: RolePermissions) =>
      trustingRole(`${name}-${purpose}`, { ...permissions, assumeRolePolicy, maxSessionDuration, transform }, { parent: this }).role.arn;
    this.readRoleArn = make("read", { description: "Looks at what runs", statements: readStatements });
    this.operateRoleArn = make("operate", {
      description: `Looks after ${environments.join(", ")}`,
      statements: [...readStatements, ...operateStatements({ accountId, environments, sessionKeyArns })],
    });
    this.registerOutputs({ readRoleArn: this.readRoleArn, operateRoleArn: this.operateRoleArn });
  }
}

const operatorsOfNothing = coded(
  "FL2806",
  "none: the role `operate` would be for nothing. fix: name the stacks whose services may be acted on.",
);

function check(name: string, { trustedArns, environments }: OperatorAccessArgs): void {
  const errors = new ArgumentErrors();
  if (trustedArns.length === 0) errors.refuse("trustedArns", "none: nobody could assume the roles");
  trustedArns.forEach((arn, index) => {
    if (typeof arn === "string" && (arn.includes("*") || !arn.startsWith("arn:")))
      errors.refuse(`trustedArns[${index}]`, `"${arn}": expected the ARN of a role or a user, and no pattern`);
  });
  if (environments.length === 0) errors.refuse("environments", operatorsOfNothing);
  environments.forEach((environment, index) => {
    if (!/^[\w-]+$/.test(environment)) errors.refuse(`environments[${index}]`, `"${environment}": expected the name of a stack`);
  });
  errors.throwIfAny(`OperatorAccess ${name}`);
}
