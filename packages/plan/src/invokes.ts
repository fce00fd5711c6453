import { canonical } from "@fairlead/model";

import { lookedUp } from "./outputReference";
import type { Place } from "./project/place";

/**
 * The account that stands in AWS's own documentation. The embedded plan has no credentials to ask for a real one, and takes it where the stack's
 * configuration names none.
 */
export const exampleAccountId = "123456789012";

/**
 * The first three zones of a region. AWS names others to some accounts (no ap-northeast-1b, for instance), which only the account knows.
 */
export function zoneNames(region: string): string[] {
  return ["a", "b", "c"].map((letter) => `${region}${letter}`);
}

type Answer = (args: Record<string, unknown>, place: { region: string; accountId: string }) => Record<string, unknown>;

/** Ids that only AWS knows read as what they are in a plan: looked up. */
const answers: Record<string, Answer> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { accountId }) => ({ accountId, id: accountId }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_, { region, accountId }) => ({
    userName: "AWS",
    password: "known-only-to-aws",
    proxyEndpoint: `https://${accountId}.dkr.ecr.${region}.amazonaws.com`,
  }),
  "aws:kms/getKey:getKey": ({ keyId, ...others }, { region, accountId }) => ({
    arn: `arn:aws:kms:${region}:${accountId}:key/looked-up${asked(keyId)}${asked(others)}`,
    keyId,
  }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name, ...others }) => ({
    id: `pl-looked-up${asked(name)}${asked(others)}`,
    name,
  }),
  "aws:secretsmanager/getSecret:getSecret": ({ name, arn: given, ...others }, { region, accountId }) => {
    if (given !== undefined) return { id: given, arn: given, name: `looked-up${asked(given)}` };
    const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${String(name)}-looked-up${asked(others)}`;
    return { id: arn, arn, name };
  },
  "aws:ec2/getSubnets:getSubnets": ({ filters, ...others }) => {
    const what = `${subnetsOf(filters as Filter[] | undefined)}${asked(others)}`;
    return { ids: [0, 1].map((index) => lookedUp("aws:ec2/getSubnets:getSubnets", what, `subnetId[${index}]`)) };
  },
  // Each in a zone of its own: which really share one, only AWS knows.
  "aws:ec2/getSubnet:getSubnet": ({ id }) => ({ id, availabilityZone: `zone of ${String(id)}` }),
  ...existing("dynamodb/getTable", ({ name }, at) => ({ arn: at("dynamodb", `table/${String(name)}`), name })),
  ...existing("efs/getFileSystem", ({ fileSystemId }, at) => ({
    arn: at("elasticfilesystem", `file-system/${String(fileSystemId)}`),
    fileSystemId,
  })),
  ...existing("sqs/getQueue", ({ name }, at, { region, accountId }) => ({
    ...{ arn: at("sqs", String(name)), url: `https://sqs.${region}.amazonaws.com/${accountId}/${String(name)}`, name },
  })),
  ...existing("sns/getTopic", ({ name }, at) => ({ arn: at("sns", String(name)), name })),
  ...existing(
    "rds/getCluster",
    ({ clusterIdentifier }, at) => ({ arn: at("rds", `cluster:${String(clusterIdentifier)}`), clusterIdentifier }),
    {
      endpoint: "endpoint",
      readerEndpoint: "readerEndpoint",
      port: "port",
      databaseName: "databaseName",
      vpcSecurityGroupIds: ["securityGroupId"],
    },
  ),
  ...existing(
    "rds/getInstance",
    ({ dbInstanceIdentifier }, at) => ({ dbInstanceArn: at("rds", `db:${String(dbInstanceIdentifier)}`), dbInstanceIdentifier }),
    { address: "address", port: "port", dbName: "dbName", vpcSecurityGroups: ["securityGroupId"] },
  ),
  ...existing("elasticache/getReplicationGroup", ({ replicationGroupId }) => ({ replicationGroupId }), {
    primaryEndpointAddress: "primaryEndpointAddress",
    port: "port",
  }),
  ...existing("lb/getLoadBalancer", loadBalancer, {
    ...{ dnsName: "dnsName", zoneId: "zoneId", vpcId: "vpcId" },
    securityGroups: ["securityGroupId"],
  }),
  ...existing("lb/getListener", listener),
  ...existing("cloudformation/getExport", ({ name }) => ({ id: name, name }), { value: "value" }),
  "aws:ec2/getRouteTables:getRouteTables": ({ vpcId, ...others }) => ({ ids: [`rtb-looked-up${asked(vpcId)}${asked(others)}`] }),
};

/**
 * Something that somebody else made, asked for by its name: its ARN follows from that.
 *
 * @param token such as `rds/getCluster`
 * @param known what follows from the arguments, with what makes an ARN of the place
 * @param told attributes that are AWS's to tell, by what they read as; a list of one where that is in brackets
 */
function existing(
  token: string,
  known: (
    args: Record<string, unknown>,
    at: (service: string, resource: string) => string,
    place: { region: string; accountId: string },
  ) => Record<string, unknown>,
  told: Readonly<Record<string, string | [string]>> = {},
): Record<string, Answer> {
  const whole = `aws:${token}:${token.split("/")[1]!}`;
  return {
    [whole]: (args, place) => {
      const what = Object.values(args).map(String).join(" ");
      const at = (service: string, resource: string) => `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
      const read = (name: string | [string]) =>
        typeof name === "string" ? lookedUp(whole, what, name) : [lookedUp(whole, what, `${name[0]}[0]`)];
      return { ...known(args, at, place), ...Object.fromEntries(Object.entries(told).map(([attribute, name]) => [attribute, read(name)])) };
    },
  };
}

/** A load balancer by its ARN, or by its name, with the id that only AWS knows. */
function loadBalancer({ arn, name }: Record<string, unknown>, at: (service: string, resource: string) => string) {
  const own = arn ?? at("elasticloadbalancing", `loadbalancer/app/${String(name)}/looked-up`);
  return { arn: own, name, arnSuffix: String(own).split(":loadbalancer/")[1] };
}

/** A listener by its ARN, or by its load balancer and its port. */
function listener({ arn, loadBalancerArn, port }: Record<string, unknown>) {
  if (arn !== undefined) return { arn, loadBalancerArn: String(arn).replace(/:listener(\/.*)\/[^/]+$/, ":loadbalancer$1") };
  return { arn: `${String(loadBalancerArn).replace(":loadbalancer/", ":listener/")}/looked-up-${String(port)}`, loadBalancerArn, port };
}

/** What was asked for, so that what is found by other arguments is not the same. */
function asked(what: unknown): string {
  if (what === undefined || (typeof what === "object" && Object.keys(what!).length === 0)) return "";
  return `-${typeof what === "string" ? what : canonical(what)}`;
}

interface Filter {
  name: string;
  values: string[];
}

/** `looked up in vpc-0a1b2c: public`: public or private where it is asked by what tells them apart, whether they give public addresses at launch. */
function subnetsOf(filters: readonly Filter[] = []): string {
  const valueOf = (wanted: string) => filters.find(({ name }) => name === wanted)?.values[0];
  const isPublic = valueOf("map-public-ip-on-launch");
  const kind = isPublic === undefined ? "" : isPublic === "true" ? ": public" : ": private";
  const told = ["vpc-id", "map-public-ip-on-launch"];
  const others = filters.filter(({ name, values }) => !told.includes(name) || values.length > 1);
  return `looked up in ${valueOf("vpc-id") ?? "the account"}${kind}${asked(others)}`;
}

/** The provider functions that a plan can ask. */
export const invokeTokens: readonly string[] = Object.keys(answers);

/** Answers a provider function in the embedded plan; one that has no answer here is an error that says so, never a silent guess. */
export function answerInvoke(token: string, args: Record<string, unknown>, place: Place): Record<string, unknown> {
  const answer = answers[token];
  if (!answer) {
    throw new Error(
      `The embedded plan has no answer for ${token}: it runs without credentials. Pass the value by configuration, or add an answer in packages/plan/src/invokes.ts.`,
    );
  }
  const [accountId = exampleAccountId] = place.accountIds;
  return answer(args, { region: place.region, accountId });
}
