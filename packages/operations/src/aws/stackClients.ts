import { AwsAccess, type AwsClientConfig, type AwsService } from "@fairlead/foundation/awsAccess";

import { patience } from "./patience";

/**
 * Clients of AWS's SDK with the credentials of a stack's configuration, each made when it is first needed: the SDK takes a while to load.
 */
export class StackClients {
  private readonly access = new AwsAccess();
  private readonly made = new Map<string, Promise<unknown>>();

  /**
   * @param values the stack's configuration, by full key
   * @param also settings of the clients, over what the configuration says
   */
  constructor(
    private readonly values: Readonly<Record<string, string>>,
    private readonly also: object = {},
  ) {
    const get = (key: string) => values[key];
    void this.access.configure({ config: { get, require: (key: string) => get(key)! } });
  }

  /** What a client is made with. */
  async config(service: AwsService): Promise<AwsClientConfig & ReturnType<typeof patience>> {
    return { ...(await this.access.clientConfig(service)), ...patience(), ...this.also };
  }

  /** The profile that credentials are looked for by, where one is named. */
  get profile(): string | undefined {
    return this.values["aws:profile"] ?? process.env.AWS_PROFILE;
  }

  /** The region, as the SDK takes it: the stack's, or that of the environment or the profile. */
  async region(): Promise<string> {
    const { region } = (await this.ecs()).config;
    return region();
  }

  sts = () => this.once("sts", async (config) => new (await import("@aws-sdk/client-sts")).STSClient(config));
  ecs = () => this.once("ecs", async (config) => new (await import("@aws-sdk/client-ecs")).ECSClient(config));
  ecr = () => this.once("ecr", async (config) => new (await import("@aws-sdk/client-ecr")).ECRClient(config));
  ec2 = () => this.once("ec2", async (config) => new (await import("@aws-sdk/client-ec2")).EC2Client(config));
  ssm = () => this.once("ssm", async (config) => new (await import("@aws-sdk/client-ssm")).SSMClient(config));
  logs = () => this.once("logs", async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config));
  alarms = () => this.once("cloudwatch", async (config) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatchClient(config));
  tags = () =>
    this.once(
      "resourcegroupstaggingapi",
      async (config) => new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPIClient(config),
    );
  cloudFormation = () =>
    this.once("cloudformation", async (config) => new (await import("@aws-sdk/client-cloudformation")).CloudFormationClient(config));
  databases = () => this.once("rds", async (config) => new (await import("@aws-sdk/client-rds")).RDSClient(config));
  tables = () => this.once("dynamodb", async (config) => new (await import("@aws-sdk/client-dynamodb")).DynamoDBClient(config));
  trail = () => this.once("cloudtrail", async (config) => new (await import("@aws-sdk/client-cloudtrail")).CloudTrailClient(config));
  schedules = () => this.once("scheduler", async (config) => new (await import("@aws-sdk/client-scheduler")).SchedulerClient(config));
  loadBalancers = () =>
    this.once(
      "elbv2",
      async (config) => new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2Client(config),
    );
  scaling = () =>
    this.once(
      "appautoscaling",
      async (config) => new (await import("@aws-sdk/client-application-auto-scaling")).ApplicationAutoScalingClient(config),
    );

  private once<T>(service: AwsService, make: (config: AwsClientConfig) => Promise<T>): Promise<T> {
    const made = this.made.get(service) as Promise<T> | undefined;
    if (made) return made;
    const making = this.config(service).then((config) => make(config));
    this.made.set(service, making);
    return making;
  }
}
