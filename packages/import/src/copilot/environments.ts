import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { childOf, textOf, type MapNode, type SourceNode } from "../source/sourceNode";
import { existingLoadBalancer } from "./loadBalancers";
import { claimEnvironment } from "./environmentKeys";
import type { Workload } from "./readManifest";
import type { StackNeeds } from "../write/stackNeeds";
import type { Workspace } from "./workspace";

/** What environments are made of. */
export interface EnvironmentNeedsArgs {
  workspace: Workspace;
  names: readonly string[];
  workloads: readonly Workload[];
  claims: Claims;
  problems: FileProblem[];
  lenient: boolean;
}

/** What each environment needs, by its manifest and by its services. */
export function environmentNeeds({ workspace, names, workloads, claims, problems, lenient }: EnvironmentNeedsArgs): StackNeeds[] {
  return names.map((name): StackNeeds => {
    const root = workspace.environments.get(name)?.root;
    if (root) claimEnvironment(root, { environment: name, claims, problems, lenient });
    const translations = workloads.flatMap(({ environments }) => environments.get(name) ?? []);
    const at = (...keys: string[]) => keys.reduce<SourceNode | undefined>((node, key) => childOf(node, key), root);
    const vpcId = adoptedVpcId(workspace, name);
    const existing = existingLoadBalancer(translations);
    return {
      name,
      namespaceName: `${name}.${workspace.application}.local`,
      cidrBlock: textOf(at("network", "vpc", "cidr")),
      certificateArn: textsOf(at("http", "public", "certificates"))[0],
      adopted: vpcId
        ? {
            vpcId,
            publicSubnetIds: subnetIds(at("network", "vpc", "subnets", "public")),
            privateSubnetIds: subnetIds(at("network", "vpc", "subnets", "private")),
          }
        : undefined,
      existingLoadBalancer: existing,
      existingData: [],
      natGateway: translations.some(({ inPrivateSubnets }) => inPrivateSubnets),
      cidrBlocks: cidrs(textsOf(at("http", "public", "ingress", "source_ips"))),
      internalLoadBalancer: translations.some(({ manifest }) => manifest.internal === true)
        ? {
            certificateArn: textsOf(at("http", "private", "certificates"))[0],
            sslPolicy: textOf(at("http", "private", "ssl_policy")),
            subnetIds: some(textsOf(at("http", "private", "subnets"))),
          }
        : undefined,
      sslPolicy: textOf(at("http", "public", "ssl_policy")),
      containerInsights: textOf(at("observability", "container_insights")) === "true",
      flowLogs: isOn(at("network", "vpc", "flow_logs")),
      // Of one that is there already somebody else says where they go.
      accessLogs: !existing && isOn(at("http", "public", "access_logs")),
      networkLoadBalancer: translations.some(({ needsNetworkLoadBalancer }) => needsNetworkLoadBalancer),
      logRetentionDays: Math.max(1, ...translations.map(({ logRetentionDays }) => logRetentionDays)),
      alarms: translations.some(({ manifest }) => manifest.alarms !== undefined),
    };
  });
}

/** The VPC that an environment has and did not make. */
export function adoptedVpcId(workspace: Workspace, environment: string): string | undefined {
  const root: SourceNode | undefined = workspace.environments.get(environment)?.root;
  return textOf(["network", "vpc", "id"].reduce<SourceNode | undefined>((node, key) => childOf(node, key), root));
}

/** Ranges of IPv4, of single addresses as well. */
function cidrs(texts: string[]): string[] | undefined {
  const ranges = texts.filter((text) => !text.includes(":")).map((text) => (text.includes("/") ? text : `${text}/32`));
  return ranges.length > 0 ? ranges : undefined;
}

function some(texts: string[]): string[] | undefined {
  return texts.length > 0 ? texts : undefined;
}

function textsOf(node: SourceNode | undefined): string[] {
  return node?.kind === "list" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

function subnetIds(node: SourceNode | undefined): string[] {
  return node?.kind === "list" ? node.items.flatMap((item) => textOf(childOf(item as MapNode, "id")) ?? []) : [];
}

function isOn(node: SourceNode | undefined): boolean {
  return node !== undefined && !(node.kind === "scalar" && (node.isNull || node.text === "false"));
}
