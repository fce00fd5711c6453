import type { OperatedStack, Unseen } from "@fairlead/operations";
import { Sight } from "@fairlead/operations";

import { besideOf } from "./entry/beside";
import { servicesThatMove } from "./entry/servicesThatMove";
import type { MovingService } from "./entry/movingServices";
import { withoutOtherEngines } from "./found/databases";
import { namedThings, type NamedThing } from "./found/namedThings";
import { taggedThings } from "./found/taggedThings";
import { cloudFormationStack, type Thing } from "./found/thing";
import { copilotStacks } from "./letting/copilotStacks";
import { lettingOrders, type LettingOrder } from "./letting/lettingOrder";
import { ownerNotes } from "./letting/ownerNotes";
import { stackDeletions } from "./letting/stackDeletions";
import { dataMatches } from "./proposals/dataMatches";
import { loadBalancerProposals } from "./proposals/loadBalancerProposals";
import { networkProposals } from "./proposals/networkProposals";
import { othersOf, type Others } from "./proposals/others";
import type { ReferenceProposal } from "./proposals/proposal";
import { dataReference, isExistingData } from "./proposals/references";
import { settingProposals, type SettingProposal } from "./proposals/settingProposals";

/** What a stack finds at AWS before its first `up`. */
export interface Adoption {
  stack: string;
  region: string | undefined;
  /** How many things were looked at, of the kinds that can be taken over. */
  looked: number;
  references: ReferenceProposal[];
  /** What the stack's configuration may name. */
  settings: SettingProposal[];
  /** What is proposed for nothing, and why. */
  others: Others[];
  /** Resources of the plan whose very names are taken: `up` would fail to make them. */
  taken: NamedThing[];
  /** Services whose requests somebody else's tasks answer. */
  moving: MovingService[];
  /** What would work beside what runs, a sentence each. */
  beside: string[];
  /** In which order Copilot's stacks go, by application. */
  letting: LettingOrder[];
  /** What AWS didn't tell, so that the rest may be less than there is. */
  unseen: Unseen[];
}

/**
 * Asks AWS what of a stack's plan exists already. It changes nothing.
 *
 * @param tags that whatever is looked at must have; any by default
 * @param made what the stack has made: URNs of its state, and texts by which AWS may call it
 */
export async function adoptionOf(
  { plan, project, inAws, clients }: OperatedStack,
  tags: Readonly<Record<string, string>>,
  { urns, own }: { urns: ReadonlySet<string>; own: ReadonlySet<string> },
): Promise<Adoption> {
  const asking = { clients, sight: new Sight(plan.stack) };
  const tagged = (await taggedThings(asking, tags)).filter(({ id, arn }) => !own.has(id) && !own.has(arn));
  const { fit: things, unfit } = await withoutOtherEngines(asking, tagged);
  const taken = await namedThings(asking, plan, urns);
  const data = dataMatches(inAws.data, things).filter(({ thing }) => !taken.some(({ name }) => name === thing.id));
  const owned = things.filter(({ kind }) => kind === "vpc" || kind === "loadBalancer" || isExistingData(kind));
  const deletions = await stackDeletions(
    asking,
    owned.flatMap((thing) => cloudFormationStack(thing) ?? []),
  );
  const deletionOf = ({ id, arn }: Thing) => deletions.get(id) ?? deletions.get(arn);
  const notesOf = (thing: Thing) => ownerNotes(thing, deletionOf(thing));
  const references: ReferenceProposal[] = [
    ...(await networkProposals(asking, plan, things, notesOf)),
    ...(await loadBalancerProposals(asking, plan, things, notesOf)),
    ...data.map(({ declared: { name, kind }, thing, why }) => ({
      ...{ of: `${kind} ${name}`, thing, why, notes: notesOf(thing) },
      reference: dataReference(name, thing.kind, thing.id),
    })),
  ];
  const moving = await servicesThatMove(asking, plan, inAws.services, own);
  const holding = things.filter(({ kind }) => isExistingData(kind)).map((thing) => ({ thing, deletion: deletionOf(thing) }));
  const letting = lettingOrders(await copilotStacks(asking, tagged, tags), holding);
  return {
    stack: plan.stack,
    region: inAws.region,
    looked: tagged.length,
    references,
    settings: settingProposals(plan, project.config, things),
    others: othersOf(things, taken, unfit),
    taken,
    moving,
    beside: besideOf(inAws),
    letting,
    unseen: asking.sight.unseen,
  };
}
