import type { FoundListener } from "../found/listeners";
import type { FoundSubnets } from "../found/network";

/** How something that exists is written in the composition of a stack, which then neither changes nor deletes it. */
export interface Reference {
  /** Names that it imports, by package. */
  imports: { package: string; name: string };
  code: string;
}

const quoted = (text: string) => JSON.stringify(text);
const list = (texts: readonly string[]) => `[${texts.map(quoted).join(", ")}]`;

/** A network in a VPC that exists. @param subnets undefined where they could not be seen: they are to be named by hand */
export function networkReference(name: string, vpcId: string, subnets: FoundSubnets | undefined): Reference {
  const imports = { package: "@fairlead/networking", name: "Network" };
  const open = 'publicSubnetIds: ["<ids of its subnets>"], privateSubnetIds: ["<ids of its subnets>"]';
  if (!subnets) return { imports, code: `new Network(${quoted(name)}, { vpcId: ${quoted(vpcId)}, ${open} })` };
  const { publicSubnetIds, privateSubnetIds, isolatedSubnetIds } = subnets;
  // Tasks with public addresses run where load balancers are; without any private subnet the isolated ones are what there is.
  const tasks = privateSubnetIds.length > 0 ? privateSubnetIds : isolatedSubnetIds;
  const lines = [
    `vpcId: ${quoted(vpcId)},`,
    `publicSubnetIds: ${list(publicSubnetIds)},`,
    ...(tasks.length > 0 ? [`privateSubnetIds: ${list(tasks)},`] : []),
    ...(isolatedSubnetIds.length > 0 && tasks !== isolatedSubnetIds ? [`isolatedSubnetIds: ${list(isolatedSubnetIds)},`] : []),
  ];
  return { imports, code: `new Network(${quoted(name)}, {\n${indented(lines)}\n})` };
}

/** A load balancer that exists, by the listener that services' rules come to. */
export function loadBalancerReference(name: string, { arn, protocol }: FoundListener): Reference {
  const lines = [
    `listenerArn: ${quoted(arn)},`,
    ...(protocol === "http" ? ['protocol: "http",'] : []),
    "domainName: settings.domainName,",
    "formerTargetGroups: settings.formerTargetGroups,",
  ];
  return {
    imports: { package: "@fairlead/networking", name: "ExistingLoadBalancer" },
    code: `new ExistingLoadBalancer(${quoted(name)}, {\n${indented(lines)}\n})`,
  };
}

/** Data that exists: the function that declares it, and what it is called by. */
const declarations = {
  table: ["existingTable", "tableName"],
  bucket: ["existingBucket", "bucketName"],
  queue: ["existingQueue", "queueName"],
  topic: ["existingTopic", "topicName"],
  databaseCluster: ["existingPostgres", "clusterIdentifier"],
  databaseInstance: ["existingPostgres", "instanceIdentifier"],
  cache: ["existingCache", "replicationGroupId"],
  fileSystem: ["existingFileSystem", "fileSystemId"],
} as const;
export type ExistingData = keyof typeof declarations;
export const isExistingData = (kind: string): kind is ExistingData => kind in declarations;

/** What else a declaration needs, which no tag says. */
const leftOpen: Partial<Record<ExistingData, string>> = {
  databaseCluster: 'secretArn: "<ARN of the secret with username and password>"',
  databaseInstance: 'secretArn: "<ARN of the secret with username and password>"',
  cache: 'securityGroupId: "<its security group>"',
  fileSystem: 'securityGroupId: "<that of its mount targets>"',
};

/** Data that exists. */
export function dataReference(name: string, kind: ExistingData, id: string): Reference {
  const [declare, key] = declarations[kind];
  const open = leftOpen[kind];
  const property = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
  return {
    imports: { package: "@fairlead/data", name: declare },
    code: `${property}: ${declare}({ ${key}: ${quoted(id)}${open === undefined ? "" : `, ${open}`} })`,
  };
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join("\n");
