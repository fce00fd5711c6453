import { ArgumentErrors, serviceRole, type Binding } from "@fairlead/foundation";
import { autoNamed, bindingNames, bindingVariables, withDefaults } from "@fairlead/model";
import * as ec2 from "@pulumi/aws/ec2";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { finalSnapshotName, replacementTrigger } from "./finalSnapshot";
import { LogRetention } from "./logRetention";
import { capacityUnits, validatePostgres, type PostgresArgs } from "./postgresArgs";
import { loginOf, serviceLogin } from "./role/serviceLogin";

/** Not PostgreSQL's own port: Security Hub's RDS.23. Programs read the port from the environment anyway. */
const port = 5433;
/**
 * TLS alone; in the log, what waits for a lock and what takes a second, without the values that it was called with. Not `log_statement`, which
 * writes down the passwords of `ALTER ROLE … PASSWORD`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging.html
 */
const parameters = [
  { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
  { name: "log_lock_waits", value: "1" },
  { name: "log_min_duration_statement", value: "1000" },
  { name: "log_parameter_max_length", value: "0" },
];
/**
 * PostgreSQL on Aurora Serverless v2, in isolated subnets, TLS only. RDS makes the administrator's password, keeps it in Secrets Manager and
 * rotates it every seven days; nobody types it, and no service has it.
 *
 * Each service that is bound has a role of its own, and a secret with its password. With `readWrite` it acts as a role that owns all of the
 * database, so that services work with each other's tables; with `read` it may read all of it and change nothing. `up` makes these roles by
 * RDS's Data API.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
 * @example
 * ```ts
 * const orders = new Postgres("orders", { network, minCapacity: 0.5, maxCapacity: 8 });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Postgres extends pulumi.ComponentResource implements Bindable {
  readonly kind = "postgres";
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly databaseName: string;
  readonly securityGroupId: pulumi.Output<string>;
  /** Of the administrator. */
  readonly secretArn: pulumi.Output<string>;
  private readonly clusterArn: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  private readonly serviceRoles: boolean;
  private readonly label: string;

  constructor(name: string, args: PostgresArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Postgres", name, {}, options);
    this.label = name;
    validatePostgres(name, args);
    const parent = { parent: this };
    const {
      network,
      deletionProtection = true,
      finalSnapshot = true,
      serviceRoles = true,
      majorVersion = 16,
      minCapacity,
      maxCapacity,
      kmsKeyArn,
    } = withDefaults(args, capacityUnits);
    this.databaseName = args.databaseName ?? name.replace(/-/g, "_");
    const securityGroup = new ec2.SecurityGroup(
      `${name}-db`,
      { vpcId: network.vpcId, description: `Postgres ${name}: its services only` },
      parent,
    );
    const subnetGroup = new rds.SubnetGroup(name, { subnetIds: network.isolatedSubnetIds, description: `Postgres ${name}` }, parent);
    const [parameterGroupName, nameGroup] = pulumi.deferredOutput<string>();
    const base: rds.ClusterArgs = {
      engine: "aurora-postgresql",
      engineMode: "provisioned",
      engineVersion: String(majorVersion),
      allowMajorVersionUpgrade: true,
      // Else an upgrade waits for the maintenance window, `up` says that it is done, and the old parameter group can't be deleted.
      applyImmediately: true,
      databaseName: this.databaseName,
      port,
      masterUsername: "fairlead",
      manageMasterUserPassword: true,
      enableHttpEndpoint: serviceRoles,
      masterUserSecretKmsKeyId: kmsKeyArn,
      dbSubnetGroupName: subnetGroup.name,
      dbClusterParameterGroupName: parameterGroupName,
      vpcSecurityGroupIds: [securityGroup.id],
      serverlessv2ScalingConfiguration: { minCapacity, maxCapacity },
      storageEncrypted: true,
      kmsKeyId: kmsKeyArn,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: args.backupRetentionDays ?? 7,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: ["postgresql"],
      deletionProtection,
      skipFinalSnapshot: !finalSnapshot,
      finalSnapshotIdentifier: finalSnapshot ? finalSnapshotName(name, parameterGroupName) : undefined,
      deleteAutomatedBackups: !finalSnapshot,
    };
    const final = args.transform?.(base) ?? base;
    const parameterGroup = new rds.ClusterParameterGroup(
      name,
      { family: `aurora-postgresql${majorVersion}`, description: `Postgres ${name}: TLS only`, parameters },
      { parent: this, replacementTrigger: replacementTrigger(final) },
    );
    nameGroup(parameterGroup.name);
    const cluster = new rds.Cluster(autoNamed(name, "postgres"), final, { ...parent, protect: deletionProtection || undefined });
    new LogRetention(
      name,
      {
        logGroupName: pulumi.interpolate`/aws/rds/cluster/${cluster.clusterIdentifier}/postgresql`,
        sourceArn: cluster.arn,
        logs: args.logs,
      },
      parent,
    );
    const { role: monitoringRole, policies } = serviceRole(
      `${name}-monitoring`,
      {
        service: "monitoring.rds.amazonaws.com",
        description: "RDS writes enhanced monitoring with it",
        managedPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
      },
      parent,
    );
    const instances = Array.from(
      { length: args.instances ?? 2 },
      (_, index) =>
        new rds.ClusterInstance(
          autoNamed(`${name}-${index + 1}`, "postgres"),
          {
            clusterIdentifier: cluster.id,
            engine: "aurora-postgresql",
            instanceClass: "db.serverless",
            publiclyAccessible: false,
            autoMinorVersionUpgrade: true,
            copyTagsToSnapshot: true,
            monitoringInterval: 60,
            monitoringRoleArn: monitoringRole.arn,
            performanceInsightsEnabled: true,
            performanceInsightsKmsKeyId: kmsKeyArn,
          },
          // RDS refuses an instance whose monitoring role may not write yet.
          { parent: this, dependsOn: policies },
        ),
    );
    // Without an instance nothing answers at the endpoint: who reads it waits for them.
    const ready = pulumi.all(instances.map(({ id }) => id));
    this.endpoint = pulumi.all([cluster.endpoint, ready]).apply(([endpoint]) => endpoint);
    this.readerEndpoint = pulumi.all([cluster.readerEndpoint, ready]).apply(([endpoint]) => endpoint);
    this.securityGroupId = securityGroup.id;
    this.clusterArn = pulumi.all([cluster.arn, ready]).apply(([arn]) => arn);
    this.secretArn = cluster.masterUserSecrets.apply(([secret]) => secret!.secretArn);
    this.kmsKeyArn = kmsKeyArn;
    this.serviceRoles = serviceRoles;
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** `<NAME>_HOST`, `_PORT`, `_DATABASE`, `_USERNAME`, `_PASSWORD`, of a role of the service's own, and, as the service calls them, the URL of all that, and the whole secret. With `read` the host is the reader's. */
  bind(args: BindArgs): Binding {
    const { environment, secrets } = bindingVariables(this.kind, this.label);
    const { label, clusterArn, secretArn: masterSecretArn, databaseName, kmsKeyArn } = this;
    const host = args.access === "read" ? this.readerEndpoint : this.endpoint;
    const [urlVariables, secretVariables] = [bindingNames(args.as, "url"), bindingNames(args.as, "secret")];
    this.refusePlaceOfAdministrator(args);
    // Where nobody asks for it, the role is what it was.
    const place = {
      ...(urlVariables.length + secretVariables.length > 0 && { host, port }),
      ...(secretVariables.length > 0 && { asRdsDoes: true }),
    };
    const { username, password, url, whole } = this.serviceRoles
      ? serviceLogin({ label, clusterArn, masterSecretArn, databaseName, kmsKeyArn, ...place }, args)
      : loginOf(masterSecretArn, { kmsKeyArn });
    return {
      environment: {
        [environment.HOST]: host,
        [environment.PORT]: String(port),
        [environment.DATABASE]: databaseName,
      },
      secrets: {
        [secrets.USERNAME]: username,
        [secrets.PASSWORD]: password,
        ...Object.fromEntries(urlVariables.map((variable) => [variable, url])),
        ...Object.fromEntries(secretVariables.map((variable) => [variable, whole])),
      },
      ingress: { name: label, securityGroupId: this.securityGroupId, port },
    };
  }

  /** RDS writes the administrator's secret, and neither a URL nor the place into it. */
  private refusePlaceOfAdministrator({ serviceName, as }: BindArgs): void {
    const errors = new ArgumentErrors();
    for (const part of ["url", "secret"])
      if (bindingNames(as, part).length > 0 && !this.serviceRoles)
        errors.refuse(
          "serviceRoles",
          `false, so that ${serviceName} has the administrator's login, which doesn't say where the database is: leave "as: { ${part}: … }" out`,
        );
    errors.throwIfAny(`Postgres ${this.label}`);
  }
}

/** Declares a {@link Postgres}. */
export const postgres = (args: Own<PostgresArgs> = {}): DataDeclaration<Postgres> => ({
  kind: "postgres",
  create: (name, { network, kmsKeyArn, deletionProtection, logs }) =>
    new Postgres(name, { network, kmsKeyArn, deletionProtection, logs, ...args }),
});
