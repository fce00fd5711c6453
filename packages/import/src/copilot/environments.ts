import type { FileProblem } from "@fairlead/model";

import { sourceName } from "../findings/sourceName";
import type { Claims } from "../findings/claims";
import { childOf, type MapNode, type SourceNode } from "../source/sourceNode";
import { environmentRows, type EnvironmentRow } from "./mapping/environment";
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
    if (root) claimAll(root, [], name, { claims, problems, lenient });
    const translations = workloads.flatMap(({ environments }) => environments.get(name) ?? []);
    const at = (...keys: string[]) => keys.reduce<SourceNode | undefined>((node, key) => childOf(node, key), root);
    const vpcId = textOf(at("network", "vpc", "id"));
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
      natGateway: translations.some(({ inPrivateSubnets }) => inPrivateSubnets),
      sslPolicy: textOf(at("http", "public", "ssl_policy")),
      containerInsights: textOf(at("observability", "container_insights")) === "true",
      flowLogs: isOn(at("network", "vpc", "flow_logs")),
      accessLogs: isOn(at("http", "public", "access_logs")),
      networkLoadBalancer: translations.some(({ needsNetworkLoadBalancer }) => needsNetworkLoadBalancer),
      serviceConnect: translations.some(({ needsServiceConnect }) => needsServiceConnect),
      logRetentionDays: Math.max(1, ...translations.map(({ logRetentionDays }) => logRetentionDays)),
      alarms: translations.some(({ manifest }) => manifest.alarms !== undefined),
    };
  });
}

function claimAll(
  node: SourceNode,
  path: readonly (string | number)[],
  environment: string,
  context: Pick<EnvironmentNeedsArgs, "claims" | "problems" | "lenient">,
): void {
  const row = environmentRows.find((each) => covers(each, path));
  const source = sourceName(path);
  if (row) {
    const { outcome, to, text } = row;
    context.claims.claim(node, { outcome, place: node.origin.place, source, environments: [environment], to, text });
  } else if (node.kind === "map" && environmentRows.some((each) => leads(each, path))) {
    for (const [key, { value }] of node.entries) claimAll(value, [...path, key], environment, context);
  } else if (node.kind === "list" && environmentRows.some((each) => leads(each, path))) {
    node.items.forEach((item, index) => claimAll(item, [...path, index], environment, context));
  } else if (node.kind === "scalar" && node.isNull) {
    context.claims.cover(node);
  } else if (context.lenient || environmentRows.some((each) => leads(each, path.slice(0, -1)))) {
    // Beside keys that it knows Copilot passes over those that it doesn't, as in services' manifests.
    const text = "Copilot 1.34, the last one, knows no such key in an environment's manifest.";
    context.claims.claim(node, { outcome: "ignored", place: node.origin.place, source, text });
  } else {
    context.problems.push({
      code: "FL2902",
      ...node.place,
      problem: `nobody knows the key ${source}`,
      expected: "a key of an environment's manifest",
      fix: "Remove it if it means nothing. --lenient imports the rest, with this key in the report.",
    });
  }
}

function covers(row: EnvironmentRow, path: readonly (string | number)[]): boolean {
  const parts = partsOf(row);
  return (row.whole ? parts.length <= path.length : parts.length === path.length) && parts.every((part, index) => fits(part, path[index]!));
}

function leads(row: EnvironmentRow, path: readonly (string | number)[]): boolean {
  const parts = partsOf(row);
  return parts.length > path.length && path.every((key, index) => fits(parts[index]!, key));
}

function fits(part: string, key: string | number): boolean {
  return part === "[]" ? typeof key === "number" : part === key;
}

function partsOf({ path }: EnvironmentRow): string[] {
  return path.replaceAll("[]", ".[]").split(".");
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && node.text !== "" ? node.text : undefined;
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
