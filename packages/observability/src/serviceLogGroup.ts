import { ArgumentErrors, logGroupArgs, type LogSettings } from "@fairlead/foundation";
import { explicitName, nameProblem } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link ServiceLogGroup}: its name, and how logs are kept. */
export interface ServiceLogGroupArgs extends LogSettings {
  /** Log group name, such as `/fairlead/dev/api`; 1 to 512 characters. */
  logGroupName: string;
  /** Changes the arguments of the log group just before it is created. */
  transform?: (args: cloudwatch.LogGroupArgs) => cloudwatch.LogGroupArgs;
}

/**
 * The CloudWatch log group of one service.
 *
 * @example
 * ```ts
 * const logGroup = new ServiceLogGroup("api", { logGroupName: "/fairlead/dev/api", retentionInDays: 90 });
 * ```
 */
export class ServiceLogGroup extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ServiceLogGroupArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:ServiceLogGroup", name, {}, options);
    const logGroupName = explicitName(args.logGroupName, "logGroup");
    const errors = new ArgumentErrors();
    errors.refuse("logGroupName", nameProblem(logGroupName, "logGroup"));
    errors.throwIfAny(`ServiceLogGroup ${name}`);
    const base = logGroupArgs(logGroupName, args);
    const logGroup = new cloudwatch.LogGroup(name, args.transform?.(base) ?? base, { parent: this });
    this.name = logGroup.name;
    this.arn = logGroup.arn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}
