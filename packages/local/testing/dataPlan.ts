import type { Plan, PlanResource } from "@fairlead/plan";

import type { DataContext } from "../src/data/model";
import type { LocalSettings } from "../src/settings";

/** Settings of an environment below a folder. */
export const settingsIn = (root: string): LocalSettings => ({
  project: "shop-dev",
  root,
  folder: ".fairlead/local",
  ports: {},
  addresses: "198.18.4.0/22",
  cpus: 2,
  imageVolumes: () => [],
  buildSources: () => [],
  images: {
    pause: "pause",
    loadBalancer: "proxy",
    data: (engine, majorVersion) => `public.ecr.aws/docker/library/${engine}:${majorVersion}`,
    awsEmulator: "emulator",
    awsCli: "aws-cli",
  },
});

/** In which each security group is the network of a task. */
export const contextIn = (root: string): DataContext => ({
  settings: settingsIn(root),
  networksFor: (groups, aliases) => Object.fromEntries(groups.map((group) => [group.split("::").at(-1)!, { aliases: [...aliases] }])),
  networksOfEndpoint: () => ({ api: { ipv4_address: "198.18.4.2" } }),
});

export const urnOf = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
/** A value that AWS alone knows. */
export const output = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });
/** The same inside a text. */
export const outputText = (type: string, name: string, attribute: string) => `\${${urnOf(type, name)}#${attribute}}`;

export const resource = (type: string, name: string, inputs: Record<string, unknown>, dependencies: string[] = []): PlanResource => ({
  urn: urnOf(type, name),
  type,
  name,
  parent: null,
  custom: true,
  inputs,
  dependencies,
  propertyDependencies: {},
  options: {},
});

export const planWith = (...resources: PlanResource[]): Plan => ({ version: 1, project: "shop", stack: "dev", resources, outputs: {} });

/** A task with these variables. @param role that it has, by the name of its resource */
export const task = (name: string, environment: Record<string, string>, { role = name, volumes = [] as unknown[] } = {}): PlanResource =>
  resource("aws:ecs/taskDefinition:TaskDefinition", name, {
    family: name,
    taskRoleArn: output("aws:iam/role:Role", role, "arn"),
    containerDefinitions: JSON.stringify([
      {
        name,
        image: name,
        environment: Object.entries({ AWS_REGION: "eu-central-1", ...environment }).map(([key, value]) => ({ name: key, value })),
      },
    ]),
    volumes,
  });

const cluster = "aws:rds/cluster:Cluster";
const secretType = "aws:secretsmanager/secret:Secret";
const roleType = "pulumi-nodejs:dynamic/fairlead:DatabaseRole";

/** A role of a service's, and the secret that has its login. */
export const databaseRole = (
  service: string,
  database: string,
  {
    access = "readWrite",
    roleName = `service_${service}`,
    databaseName = database,
    host,
    asRdsDoes,
  }: { access?: string; roleName?: string; databaseName?: string; host?: unknown; asRdsDoes?: boolean } = {},
) => [
  resource(secretType, `${service}-${database}`, { description: service }),
  resource(roleType, `${service}-${database}`, {
    access,
    roleName,
    databaseName,
    clusterArn: output(cluster, database, "arn"),
    masterSecretArn: output(cluster, database, "secretArn[0]"),
    secretArn: output(secretType, `${service}-${database}`, "arn"),
    ...(host !== undefined && { host }),
    ...(asRdsDoes && { asRdsDoes }),
  }),
];

/** A cluster of Aurora's, as anybody may have declared it. */
export const postgresCluster = (name: string, inputs: Record<string, unknown> = {}) => [
  resource("aws:rds/clusterParameterGroup:ClusterParameterGroup", name, {
    family: "aurora-postgresql16",
    parameters: [
      { name: "rds.force_ssl", value: "1" },
      { name: "log_lock_waits", value: "1" },
      { name: "apg_plan_mgmt_made_up", value: "on" },
      { name: "shared_buffers", value: "{DBInstanceClassMemory/32768}" },
    ],
  }),
  resource(cluster, name, {
    engine: "aurora-postgresql",
    engineVersion: "16.4",
    databaseName: name,
    masterUsername: "fairlead",
    port: 5433,
    dbClusterParameterGroupName: output("aws:rds/clusterParameterGroup:ClusterParameterGroup", name, "name"),
    vpcSecurityGroupIds: [output("aws:ec2/securityGroup:SecurityGroup", `${name}-db`, "id")],
    ...inputs,
  }),
];
