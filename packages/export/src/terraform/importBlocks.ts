import { canonicalType } from "@fairlead/model/awsTypes";

import type { Deployed, DeployedResource } from "../deployed/deployed";
import { text } from "./importIds";
import { terraformTypes } from "./terraformTypes";
import { stepOfUp, withoutImport } from "./withoutImport";

/** A resource that Terraform takes over. */
export interface ImportBlock {
  /** `aws_ecs_service.api` */
  to: string;
  id: string;
  urn: string;
}

/** One that it can't take over, and why. */
export interface LeftOut {
  urn: string;
  type: string;
  name: string;
  why: string;
}

/** All resources of a state, each as one of the two. */
export interface ImportPlan {
  blocks: ImportBlock[];
  leftOut: LeftOut[];
  /** Where most of them are; undefined where none says so. */
  region: string | undefined;
}

/** What Terraform has to import for everything that a state has. */
export function importPlan({ resources }: Deployed): ImportPlan {
  const region = mostFrequent(resources.flatMap(({ outputs }) => (typeof outputs.region === "string" ? outputs.region : [])));
  const plan: ImportPlan = { blocks: [], leftOut: [], region };
  const labels = new Set<string>();
  for (const resource of resources) {
    if (!resource.isManaged || resource.type.startsWith("pulumi:")) continue;
    const { urn, type, name } = resource;
    const found = importOf(resource, region);
    if ("why" in found) plan.leftOut.push({ urn, type, name, why: found.why });
    else plan.blocks.push({ to: addressOf(found.type, name, labels), id: found.id, urn });
  }
  return plan;
}

function importOf(resource: DeployedResource, home: string | undefined): { type: string; id: string } | { why: string } {
  const type = canonicalType(resource.type);
  if (resource.isExternal) return { why: "It is only looked up here, and belongs to somebody else." };
  const known = terraformTypes[type];
  if (!known) return { why: withoutImport[type] ?? (type.startsWith("aws:") ? unknownType : stepOfUp) };
  const id = known.idOf(resource);
  if (id === undefined) return { why: `The state lacks what the id of ${known.name} is made of: look it up, and write the block by hand.` };
  const region = text(resource, "region");
  // The provider takes another region than its own behind the id, from 6.0 on.
  return { type: known.name, id: region === undefined || region === home ? id : `${id}@${region}` };
}

const unknownType =
  "Nobody wrote down here how Terraform imports this type: its page in the provider's documentation says so, under “Import”.";

/** Names of Terraform are letters, digits, `_` and `-`, and begin with none of the digits. */
function addressOf(type: string, name: string, taken: Set<string>): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  const label = /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
  let address = `${type}.${label}`;
  for (let number = 2; taken.has(address); number++) address = `${type}.${label}-${number}`;
  taken.add(address);
  return address;
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
