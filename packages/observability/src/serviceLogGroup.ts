import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link ServiceLogGroup}. */
export interface ServiceLogGroupArgs {
  /** Log group name, such as `/fairlead/dev/api`; 1 to 512 characters. */
  logGroupName: string;
  /**
   * Days that log events are kept. 30 by default: CloudWatch's own default is forever, which only the bill notices.
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  retentionInDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365;
  /** Changes the arguments of the log group just before it is created. */
  transform?: (args: cloudwatch.LogGroupArgs) => cloudwatch.LogGroupArgs;
}

/** The CloudWatch log group of one service. */
export class ServiceLogGroup extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ServiceLogGroupArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:ServiceLogGroup", name, {}, options);
    const base: cloudwatch.LogGroupArgs = { name: args.logGroupName, retentionInDays: args.retentionInDays ?? 30 };
    const logGroup = new cloudwatch.LogGroup(name, args.transform?.(base) ?? base, { parent: this });
    this.name = logGroup.name;
    this.arn = logGroup.arn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}
