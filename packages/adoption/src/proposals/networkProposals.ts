import type { Plan } from "@fairlead/plan";

import type { Asking } from "../found/asking";
import { subnetsOf } from "../found/network";
import type { Thing } from "../found/thing";
import { whyAmong, type NotesOf, type ReferenceProposal } from "./proposal";
import { networkReference } from "./references";

/** The VPCs that a network, which would make one, could be. */
export async function networkProposals(
  asking: Asking,
  plan: Plan,
  things: readonly Thing[],
  notesOf: NotesOf,
): Promise<ReferenceProposal[]> {
  const made = new Set(plan.resources.filter(({ type }) => type === "awsx:ec2:Vpc").map(({ parent }) => parent));
  const named = plan.resources.filter(({ urn }) => made.has(urn));
  const vpcs = named.length === 0 ? [] : things.filter(({ kind }) => kind === "vpc");
  const found = await Promise.all(vpcs.map(async (thing) => ({ thing, subnets: await subnetsOf(asking, thing.id) })));
  return named.flatMap(({ name }) =>
    found.map(({ thing, subnets }) => ({
      ...{ of: `Network ${name}`, thing, why: whyAmong(vpcs), notes: notesOf(thing) },
      reference: networkReference(name, thing.id, subnets),
    })),
  );
}
