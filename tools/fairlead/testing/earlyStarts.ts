import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

/** Something that may start before what it can't work without. */
export interface EarlyStart {
  starts: string;
  before: string;
}

/** What starts tasks: ECS, EventBridge Scheduler, `up` itself for a job, and what starts the instances that they run on. */
const starters = /^aws:(ecs\/service|scheduler\/schedule|autoscaling\/group):|^pulumi-nodejs:dynamic:Resource$/;

/**
 * What a plan's dependencies leave open, so that it depends on chance, or on AWS's patience, whether an `up` succeeds: tasks before their permissions,
 * their way to images and secrets, or whoever has to reach them; and what AWS refuses before something else is there.
 */
export function earlyStarts(plan: Plan): EarlyStart[] {
  const graph = new Graph(plan);
  const found: EarlyStart[] = [];
  const need = (resource: PlanResource, others: PlanResource[]) => {
    const waits = graph.waitsFor(resource.urn);
    for (const other of others)
      if (!waits.has(other.urn) && other !== resource) found.push({ starts: said(resource), before: said(other) });
  };
  const ofType = (...types: string[]) => plan.resources.filter(({ type, custom }) => custom && types.some((each) => type.endsWith(each)));
  /** Resources of some types one of whose inputs comes from one of the targets. */
  const pointingTo = (targets: PlanResource[], input: string | undefined, ...types: string[]) => {
    const urns = new Set(targets.map(({ urn }) => urn));
    return ofType(...types).filter(({ inputs }) => referencesIn(input ? inputs[input] : inputs).some(({ urn }) => urns.has(urn)));
  };
  const named = (resource: PlanResource, type: string) => graph.namedBy(resource).filter((other) => other.type.endsWith(type));

  for (const starter of plan.resources.filter(({ type, custom }) => custom && starters.test(type))) {
    const tasks = named(starter, ":TaskDefinition");
    const roles = [starter, ...tasks].flatMap((each) => named(each, ":Role"));
    need(starter, pointingTo(roles, "role", ":RolePolicy", ":RolePolicyAttachment"));

    const subnets = named(starter, ":Subnet");
    const associations = pointingTo(subnets, "subnetId", ":RouteTableAssociation");
    const tables = associations.flatMap((each) => named(each, ":RouteTable"));
    const networks = subnets.flatMap((each) => named(each, ":Vpc"));
    need(starter, [...associations, ...pointingTo(tables, "routeTableId", ":Route"), ...pointingTo(networks, "vpcId", ":VpcEndpoint")]);

    const groups = named(starter, ":SecurityGroup");
    const balancers = ofType(":LoadBalancer").flatMap((each) => named(each, ":SecurityGroup"));
    const fromBalancers = pointingTo(balancers, "referencedSecurityGroupId", ":SecurityGroupIngressRule");
    need(starter, [
      ...pointingTo(groups, "securityGroupId", ":SecurityGroupEgressRule"),
      // Openings for it: of data, of the services that it calls, and load balancers' way to it.
      ...pointingTo(groups, "referencedSecurityGroupId", ":SecurityGroupIngressRule", ":SecurityGroupEgressRule"),
      ...pointingTo(groups, "securityGroupId", ":SecurityGroupIngressRule").filter((rule) => fromBalancers.includes(rule)),
    ]);
    need(starter, pointingTo(named(starter, ":TargetGroup"), undefined, ":ListenerRule", ":Listener"));
    need(starter, pointingTo(named(starter, ":Cluster"), "clusterName", ":ClusterCapacityProviders"));
    const data = tasks.flatMap((each) => graph.namedBy(each));
    need(starter, pointingTo(data, "fileSystemId", ":MountTarget", ":FileSystemPolicy"));
    need(starter, pointingTo(data, "clusterIdentifier", ":ClusterInstance"));
  }
  for (const [type, input, attached, at] of refused)
    for (const resource of ofType(type)) {
      const targets = referencesIn(resource.inputs[input]).flatMap(({ urn }) => graph.get(urn) ?? []);
      need(resource, pointingTo(targets, at, attached));
    }
  return found;
}

/** What AWS refuses, or loses, before something is attached to what an input names. */
const refused = [
  ["loadBalancer:LoadBalancer", "accessLogs", ":BucketPolicy", "bucket"],
  ["bucketLogging:BucketLogging", "targetBucket", ":BucketPolicy", "bucket"],
  [":Distribution", "loggingConfig", ":BucketOwnershipControls", "bucket"],
  [":ClusterInstance", "monitoringRoleArn", ":RolePolicyAttachment", "role"],
  [":EventTarget", "arn", ":TopicPolicy", "arn"],
] as const;

class Graph {
  private readonly byUrn: ReadonlyMap<string, PlanResource>;
  private readonly children = new Map<string, string[]>();
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor({ resources }: Plan) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const { urn, parent } of resources) if (parent) this.children.set(parent, [...(this.children.get(parent) ?? []), urn]);
  }

  get(urn: string): PlanResource | undefined {
    return this.byUrn.get(urn);
  }

  /** Resources that its inputs name. */
  namedBy({ inputs }: PlanResource): PlanResource[] {
    const urns = new Set(referencesIn(inputs).map(({ urn }) => urn));
    return [...urns].flatMap((urn) => this.byUrn.get(urn) ?? []);
  }

  /** All that exist before it. Who waits for a component waits for what is below it. */
  waitsFor(urn: string): ReadonlySet<string> {
    const known = this.known.get(urn);
    if (known) return known;
    const found = new Set<string>();
    const todo = [...(this.byUrn.get(urn)?.dependencies ?? [])];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      const resource = this.byUrn.get(next);
      todo.push(...(resource?.dependencies ?? []), ...(resource?.custom === false ? this.below(next) : []));
    }
    this.known.set(urn, found);
    return found;
  }

  private below(urn: string): string[] {
    return (this.children.get(urn) ?? []).flatMap((child) => [child, ...this.below(child)]);
  }
}

function said({ type, name }: PlanResource): string {
  return `${type.split(":").at(-1)} ${name}`;
}
