import { isMap, type Access } from "@fairlead/model";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { clusterType, databaseOutputs, instanceType } from "./databaseOutputs";
import { labels, meant, ofType, regionOf, securityGroupsOf, textOf } from "./planResources";

/** A service's login. */
export interface DatabaseLogin {
  urn: string;
  roleName: string;
  databaseName: string;
  access: Access;
  /** Of the secret that has it. */
  secret?: string;
  /** Whether the secret has a URL as well. */
  hasUrl: boolean;
  /** Whether it says where the database is in the keys of RDS's own secrets. */
  asRdsDoes: boolean;
}

/** A cluster or an instance of RDS, as far as one machine can have it. */
export interface Database {
  urn: string;
  /** As the stack calls it. */
  name: string;
  /** Of what stands for it: `accounts`. */
  label: string;
  engine: "postgres" | "mysql";
  majorVersion: string;
  port: number;
  /** That RDS makes with it. */
  databaseName?: string;
  masterUsername: string;
  /** Whether a connection without TLS is refused. */
  forcesTls: boolean;
  /** Those of its parameter group that are not RDS's own. */
  parameters: Record<string, string>;
  securityGroups: string[];
  hosts: [string, ...string[]];
  logins: DatabaseLogin[];
  /** URNs that it stands for beside its own. */
  members: string[];
  outputs: Record<string, string>;
}

const roleType = "pulumi-nodejs:dynamic/fairlead:DatabaseRole";
/** What both engines have where nobody says another one. */
const latestMajor = { postgres: "17", mysql: "8.0" };
const usualPort = { postgres: 5432, mysql: 3306 };

/** All databases of a plan whose engine there is a plain one of, apart from replicas: those are their source. */
export function databasesOf(plan: Plan): Database[] {
  const all = ofType(plan, clusterType, instanceType).filter((resource) => engineOf(resource) && !sourceOf(resource));
  const given = labels(all);
  return all.map((resource) => database(plan, resource, given.get(resource.urn)!));
}

/** `postgres` for Aurora's too. */
export function engineOf({ inputs }: PlanResource): Database["engine"] | undefined {
  const [engine] = (textOf(inputs.engine) ?? "").match(/postgres|mysql/) ?? [];
  return engine as Database["engine"] | undefined;
}

const sourceOf = ({ inputs }: PlanResource) => inputs.replicateSourceDb ?? inputs.replicationSourceIdentifier;

function database(plan: Plan, resource: PlanResource, label: string): Database {
  const { urn, name, type, inputs } = resource;
  const engine = engineOf(resource)!;
  const isCluster = type === clusterType;
  const version = textOf(inputs.engineVersion) ?? latestMajor[engine];
  const port = Number(textOf(inputs.port) ?? usualPort[engine]);
  const parameters = parametersOf(plan, resource);
  const hosts: [string, ...string[]] = isCluster
    ? [`${label}.cluster.rds.local.internal`, `${label}.cluster-ro.rds.local.internal`]
    : [`${label}.db.rds.local.internal`];
  const members = membersOf(plan, resource);
  const databaseName = textOf(inputs.databaseName) ?? textOf(inputs.dbName);
  const masterUsername = textOf(inputs.masterUsername) ?? textOf(inputs.username) ?? "postgres";
  return {
    urn,
    name,
    label,
    engine,
    majorVersion: engine === "mysql" ? version.split(".").slice(0, 2).join(".") : version.split(".")[0]!,
    port,
    ...(databaseName !== undefined && { databaseName }),
    masterUsername,
    forcesTls: forcesTls(resource, version, parameters),
    parameters: Object.fromEntries(Object.entries(parameters).filter(([parameter]) => !parameter.includes("."))),
    securityGroups: securityGroupsOf(inputs.vpcSecurityGroupIds),
    hosts,
    logins: loginsOf(plan, urn),
    members: members.map((member) => member.urn),
    outputs: databaseOutputs(resource, { label, hosts, port, region: regionOf(plan), members }),
  };
}

/** Instances of a cluster, and replicas. */
function membersOf(plan: Plan, { urn, inputs, type }: PlanResource): PlanResource[] {
  const name = textOf(inputs.clusterIdentifier) ?? textOf(inputs.identifier);
  const means = (value: unknown) => referencesIn(value)[0]?.urn === urn || (name !== undefined && textOf(value) === name);
  return plan.resources.filter(
    (other) =>
      (other.type === "aws:rds/clusterInstance:ClusterInstance" && type === clusterType && means(other.inputs.clusterIdentifier)) ||
      ([clusterType, instanceType].includes(other.type) && means(sourceOf(other))),
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html: when it is the default */
function forcesTls({ type, inputs }: PlanResource, version: string, parameters: Record<string, string>): boolean {
  const said = parameters["rds.force_ssl"] ?? parameters.require_secure_transport;
  if (said !== undefined) return ["1", "on", "true"].includes(said.toLowerCase());
  if (!String(inputs.engine).includes("postgres")) return false;
  return Number(version.split(".")[0]) >= (type === clusterType ? 17 : 15);
}

function parametersOf(plan: Plan, { inputs, urn }: PlanResource): Record<string, string> {
  const groups = ofType(plan, "aws:rds/clusterParameterGroup:ClusterParameterGroup", "aws:rds/parameterGroup:ParameterGroup");
  const ofInstances = ofType(plan, "aws:rds/clusterInstance:ClusterInstance")
    .filter((instance) => referencesIn(instance.inputs.clusterIdentifier)[0]?.urn === urn)
    .map((instance) => instance.inputs.dbParameterGroupName);
  const used = [inputs.dbClusterParameterGroupName, inputs.parameterGroupName, ...ofInstances].map((group) =>
    meant(group, groups, ["name"]),
  );
  const found: Record<string, string> = {};
  for (const group of used)
    for (const parameter of Array.isArray(group?.inputs.parameters) ? group.inputs.parameters : []) {
      const value = isMap(parameter) ? textOf(parameter.value) : undefined;
      if (value !== undefined) found[String((parameter as { name: unknown }).name)] = value;
    }
  return found;
}

function loginsOf(plan: Plan, cluster: string): DatabaseLogin[] {
  return ofType(plan, roleType)
    .filter(({ inputs }) => referencesIn(inputs.clusterArn)[0]?.urn === cluster)
    .map(({ urn, inputs }) => ({
      urn,
      roleName: String(inputs.roleName),
      databaseName: String(inputs.databaseName),
      access: inputs.access as Access,
      secret: referencesIn(inputs.secretArn)[0]?.urn,
      hasUrl: inputs.host !== undefined,
      asRdsDoes: inputs.asRdsDoes === true,
    }));
}
