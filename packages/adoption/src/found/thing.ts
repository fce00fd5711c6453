/** What is at AWS already. */
export interface Thing {
  arn: string;
  kind: ThingKind;
  /** What it is called by the calls that describe it: a name, or an id such as `vpc-…`. */
  id: string;
  tags: Readonly<Record<string, string>>;
}

/** Kinds, by what their ARNs look like after the account. */
const kinds = {
  vpc: /^ec2:vpc\/(vpc-\w+)$/,
  loadBalancer: /^elasticloadbalancing:loadbalancer\/app\/([^/]+)\/\w+$/,
  cluster: /^ecs:cluster\/(.+)$/,
  repository: /^ecr:repository\/(.+)$/,
  logGroup: /^logs:log-group:([^:]+)/,
  table: /^dynamodb:table\/([^/]+)$/,
  bucket: /^s3:([^/]+)$/,
  queue: /^sqs:(.+)$/,
  topic: /^sns:([^:]+)$/,
  databaseCluster: /^rds:cluster:(.+)$/,
  databaseInstance: /^rds:db:(.+)$/,
  cache: /^elasticache:replicationgroup:(.+)$/,
  fileSystem: /^elasticfilesystem:file-system\/(fs-\w+)$/,
  certificate: /^acm:certificate\/(.+)$/,
  hostedZone: /^route53:hostedzone\/(.+)$/,
} as const;
export type ThingKind = keyof typeof kinds;

/** What an ARN names; undefined for what no stack of ours can take over. */
export function thingOf(arn: string, tags: Readonly<Record<string, string>> = {}): Thing | undefined {
  const [, , service, , , ...resource] = arn.split(":");
  const path = `${service}:${resource.join(":")}`;
  for (const [kind, pattern] of Object.entries(kinds)) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return { arn, kind: kind as ThingKind, id, tags };
  }
  return undefined;
}

/** The stack of CloudFormation that owns it; undefined where none does. AWS lets nobody else set that tag. */
export const cloudFormationStack = ({ tags }: Thing): string | undefined => tags["aws:cloudformation:stack-name"];
