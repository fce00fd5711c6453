import { serviceType } from "@fairlead/model";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { topLevel } from "./areas";
import { isManaged } from "./counts";
import { byGravity } from "./gravity";
import type { ChangeSet, Operation } from "./model";

/** What a node of the picture stands for, in the order in which a request meets them. */
export type TrafficKind = "internet" | "edge" | "loadBalancer" | "service" | "task" | "data";

/** A part of a stack that requests pass. */
export interface TrafficNode {
  /** URN, but for the internet. */
  id: string;
  kind: TrafficKind;
  name: string;
  /** Of a task: its size and architecture. */
  detail?: string;
  /** The worst of what happens to the resources that it stands for. */
  operation: Operation;
}

/** What is asked by whom. */
export interface TrafficEdge {
  from: string;
  to: string;
}

/** The way of requests through a stack. */
export interface Traffic {
  nodes: TrafficNode[];
  edges: TrafficEdge[];
}

const internet = "internet";
const taskType = "aws:ecs/taskDefinition:TaskDefinition";
const kindOf: Record<string, TrafficKind> = {
  "fairlead:networking:Edge": "edge",
  "fairlead:networking:LoadBalancer": "loadBalancer",
  "fairlead:networking:NetworkLoadBalancer": "loadBalancer",
  [serviceType]: "service",
};

/** Reads the way of requests from both plans of a change, so that what goes is in it as well. */
export function trafficOf({ before, after, resources }: ChangeSet): Traffic {
  const graph = new TrafficGraph();
  graph.read(before);
  graph.read(after);
  const operations = worstOperations(resources, graph);
  const nodes = [...graph.nodes].map(([id, node]): TrafficNode => ({ id, ...node, operation: operations.get(id) ?? "same" }));
  return { nodes, edges: [...graph.edges].map((text) => JSON.parse(text) as TrafficEdge) };
}

class TrafficGraph {
  readonly nodes = new Map<string, Omit<TrafficNode, "id" | "operation">>([[internet, { kind: "internet", name: "internet" }]]);
  /** Node of each resource that a node stands for. */
  readonly nodeOf = new Map<string, string>();
  readonly edges = new Set<string>();
  private readonly taskOf = new Map<string, string>();

  read(plan: Plan): void {
    const top = topLevel(plan);
    const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    for (const resource of plan.resources) this.addNode(resource, top.get(resource.urn) ?? resource.urn, byUrn);
    this.connectByName(plan);
    for (const resource of plan.resources) this.addEdges(resource);
  }

  private addNode(resource: PlanResource, area: string, byUrn: ReadonlyMap<string, PlanResource>): void {
    const areaType = byUrn.get(area)?.type ?? "";
    const kind = kindOf[areaType] ?? (areaType.startsWith("fairlead:data:") ? "data" : undefined);
    if (!kind) return;
    if (!this.nodes.has(area)) this.nodes.set(area, { kind, name: byUrn.get(area)!.name });
    this.nodeOf.set(resource.urn, area);
    if (kind === "service" && resource.type === taskType) {
      this.nodes.set(resource.urn, { kind: "task", name: resource.name, detail: sizeOf(resource) });
      this.nodeOf.set(resource.urn, resource.urn);
      this.taskOf.set(area, resource.urn);
      this.addEdge(area, resource.urn);
    }
    if (isPublic(resource)) this.addEdge(internet, area);
  }

  private addEdges(resource: PlanResource): void {
    const own = this.nodeOf.get(resource.urn);
    if (!own) return;
    const urns = new Set(referencesIn(resource.inputs).map(({ urn }) => urn));
    for (const list of Object.values(resource.propertyDependencies)) for (const urn of list) urns.add(urn);
    for (const urn of urns) {
      const other = this.nodeOf.get(urn);
      if (other && other !== own) this.connect(own, other, resource);
    }
  }

  /** A distribution knows its origin by a name of DNS; the record of that name says whose it is. */
  private connectByName({ resources }: Plan): void {
    const targets = new Map(
      resources
        .filter(({ type }) => type === "aws:route53/record:Record")
        .flatMap(({ inputs }) =>
          referencesIn(inputs.aliases).flatMap(({ urn }) => (this.nodeOf.get(urn) ? [[inputs.name, this.nodeOf.get(urn)!] as const] : [])),
        ),
    );
    for (const { type, urn, inputs } of resources) {
      const own = this.nodeOf.get(urn);
      if (type !== "aws:cloudfront/distribution:Distribution" || !own) continue;
      for (const { domainName } of (inputs.origins ?? []) as { domainName?: unknown }[]) {
        const target = targets.get(domainName);
        if (target && target !== own) this.addEdge(own, target);
      }
    }
  }

  /** A resource of one node names another node: who asks whom follows from what they are. */
  private connect(own: string, other: string, { type }: PlanResource): void {
    const [kind, otherKind] = [this.nodes.get(own)!.kind, this.nodes.get(other)!.kind];
    const caller = (id: string) => this.taskOf.get(id) ?? id;
    if (otherKind === "loadBalancer") {
      if (kind === "edge") this.addEdge(own, other);
      // Its rules and its health check lead here; its address in a variable leads nowhere.
      else if (kind === "service" && /^aws:lb\//.test(type)) this.addEdge(other, own);
    } else if (otherKind === "data" && (kind === "service" || kind === "task")) this.addEdge(caller(own), other);
    else if (kind === "data" && otherKind === "service") this.addEdge(caller(other), own);
    else if (kind === "service" && otherKind === "service" && type.endsWith("IngressRule")) this.addEdge(caller(other), own);
  }

  private addEdge(from: string, to: string): void {
    this.edges.add(JSON.stringify({ from, to }));
  }
}

function sizeOf({ inputs }: PlanResource): string | undefined {
  const { cpu, memory, runtimePlatform } = inputs as { cpu?: string; memory?: string; runtimePlatform?: { cpuArchitecture?: string } };
  const sizes = [cpu && `${Number(cpu) / 1024} vCPU`, memory && `${Number(memory) / 1024} GiB`, runtimePlatform?.cpuArchitecture];
  return sizes.filter(Boolean).join(", ") || undefined;
}

function isPublic({ type, inputs }: PlanResource): boolean {
  return (
    type === "aws:cloudfront/distribution:Distribution" || (type.endsWith(":SecurityGroupIngressRule") && inputs.cidrIpv4 === "0.0.0.0/0")
  );
}

function worstOperations(resources: ChangeSet["resources"], { nodeOf }: TrafficGraph): Map<string, Operation> {
  const worst = new Map<string, Operation>();
  const components = new Map(resources.filter((change) => !isManaged(change)).map(({ urn, operation }) => [urn, operation]));
  for (const { urn, type, operation } of resources) {
    const node = nodeOf.get(urn);
    if (!node) continue;
    // A new task definition is how a service is updated, and a new tag how an image is.
    const told = operation === "replace" && (type === taskType || type === "docker-build:index:Index") ? "update" : operation;
    const before = worst.get(node) ?? "same";
    if (byGravity(told, before) < 0) worst.set(node, told);
  }
  for (const [urn, operation] of components) {
    const isWhole = operation === "create" || operation === "delete";
    // Parts come and go in what stays: that is an update of it.
    if (worst.has(urn)) worst.set(urn, isWhole ? operation : partly(worst.get(urn)!));
  }
  return worst;
}

function partly(operation: Operation): Operation {
  return operation === "create" || operation === "delete" ? "update" : operation;
}
