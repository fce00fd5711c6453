import type { OperatedStack } from "@fairlead/operations";
import type { Plan } from "@fairlead/plan";

import { movingServices, type MovingService } from "./entry/movingServices";
import { listenersOf, rulesOf } from "./found/listeners";
import { namedThings, type NamedThing } from "./found/namedThings";
import { subnetsOf } from "./found/network";
import { taggedThings } from "./found/taggedThings";
import { cloudFormationStack, type Thing } from "./found/thing";
import { ownerNotes } from "./letting/ownerNotes";
import { stackDeletions } from "./letting/stackDeletions";
import { dataMatches } from "./proposals/dataMatches";
import { dataReference, loadBalancerReference, networkReference, type Reference } from "./proposals/references";

/** Something that exists, and how the composition would name it instead of making another. */
export interface ReferenceProposal {
  /** What of the plan it would be: `Network dev`. */
  of: string;
  thing: Thing;
  /** Why it may be that. */
  why: string;
  /** What its owner may do to it meanwhile, a sentence each. */
  notes: string[];
  reference: Reference;
}

/** What a stack finds at AWS before its first `up`. */
export interface Adoption {
  stack: string;
  region: string | undefined;
  /** How many things were looked at, of the kinds that can be taken over. */
  looked: number;
  references: ReferenceProposal[];
  /** Resources of the plan whose very names are taken: `up` would fail to make them. */
  taken: NamedThing[];
  /** Services whose requests somebody else's tasks answer. */
  moving: MovingService[];
  /** What would work beside what runs, a sentence each. */
  beside: string[];
}

/**
 * Asks AWS what of a stack's plan exists already. It changes nothing.
 *
 * @param tags that whatever is looked at must have; any by default
 * @param made what the stack has made: URNs of its state, and texts by which AWS may call it
 */
export async function adoptionOf(
  { plan, inAws, clients }: OperatedStack,
  tags: Readonly<Record<string, string>>,
  { urns, own }: { urns: ReadonlySet<string>; own: ReadonlySet<string> },
): Promise<Adoption> {
  const things = (await taggedThings(clients, tags)).filter(({ id, arn }) => !own.has(id) && !own.has(arn));
  const tables = things.filter(({ kind }) => kind === "table").map(({ id }) => id);
  const taken = await namedThings(clients, plan, urns, { "aws:dynamodb/table:Table": tables });
  const data = dataMatches(inAws.data, things).filter(({ thing }) => !taken.some(({ name }) => name === thing.id));
  const owners = [...things.filter(({ kind }) => kind === "vpc" || kind === "loadBalancer"), ...data.map(({ thing }) => thing)];
  const deletions = await stackDeletions(
    clients,
    owners.flatMap((thing) => cloudFormationStack(thing) ?? []),
  );
  const notesOf = (thing: Thing) => ownerNotes(thing, deletions.get(thing.id) ?? deletions.get(thing.arn));
  const references: ReferenceProposal[] = [
    ...(await networks(plan, things, clients, notesOf)),
    ...(await loadBalancers(plan, things, clients, notesOf)),
    ...data.map(({ declared: { name, kind }, thing, why }) => ({
      ...{ of: `${kind} ${name}`, thing, why, notes: notesOf(thing) },
      reference: dataReference(name, thing.kind, thing.id),
    })),
  ];
  return {
    stack: plan.stack,
    region: inAws.region,
    looked: things.length,
    references,
    taken,
    moving: await moving(plan, inAws.services, own, clients),
    beside: besideOf(inAws),
  };
}

type Clients = OperatedStack["clients"];
type NotesOf = (thing: Thing) => string[];

/** The VPCs that a network, which would make one, could be. */
async function networks(plan: Plan, things: readonly Thing[], clients: Clients, notesOf: NotesOf): Promise<ReferenceProposal[]> {
  const made = new Set(plan.resources.filter(({ type }) => type === "awsx:ec2:Vpc").map(({ parent }) => parent));
  const named = plan.resources.filter(({ urn }) => made.has(urn));
  const vpcs = things.filter(({ kind }) => kind === "vpc");
  return Promise.all(
    named.flatMap(({ name }) =>
      vpcs.map(async (thing) => ({
        ...{ of: `Network ${name}`, thing, why: whyAmong(vpcs), notes: notesOf(thing) },
        reference: networkReference(name, thing.id, await subnetsOf(clients, thing.id)),
      })),
    ),
  );
}

async function loadBalancers(plan: Plan, things: readonly Thing[], clients: Clients, notesOf: NotesOf): Promise<ReferenceProposal[]> {
  const named = plan.resources.filter(({ type }) => type === "fairlead:networking:LoadBalancer");
  const found = things.filter(({ kind }) => kind === "loadBalancer");
  const proposals = found.map(async (thing) => {
    const [listener] = await listenersOf(clients, thing.arn);
    if (!listener) return [];
    return named.map(({ name }) => ({
      ...{ of: `LoadBalancer ${name}`, thing, why: whyAmong(found), notes: notesOf(thing) },
      reference: loadBalancerReference(name, listener),
    }));
  });
  return (await Promise.all(proposals)).flat();
}

const whyAmong = (all: readonly Thing[]) =>
  all.length === 1 ? "the only one of its kind that was found" : `one of ${all.length} that were found`;

/** Services behind a listener that exists, by the rules that it has. */
async function moving(
  plan: Plan,
  services: OperatedStack["inAws"]["services"],
  own: ReadonlySet<string>,
  clients: Clients,
): Promise<MovingService[]> {
  const named = plan.resources.filter(({ type }) => type === "aws:lb/listenerRule:ListenerRule").map(({ inputs }) => inputs.listenerArn);
  const listenerArn = named.find((arn): arn is string => typeof arn === "string");
  if (listenerArn === undefined) return [];
  return movingServices(
    services,
    (await rulesOf(clients, listenerArn)).filter(({ arn }) => !own.has(arn)),
  );
}

/** What would do its work twice while the old and the new run. */
function besideOf({ services, jobs }: OperatedStack["inAws"]): string[] {
  const workers = services.filter(({ routes, containerPort }) => routes.length === 0 && containerPort === undefined);
  const scheduled = jobs.filter(({ kind }) => kind === "scheduled-job");
  const first = jobs.filter(({ kind }) => kind === "job");
  return [
    ...workers.map(
      ({ name }) =>
        `${name} takes its work beside whoever does now: on one queue they share the messages, and both must do the same with each.`,
    ),
    ...scheduled.map(
      ({ name }) => `${name} runs by its schedule beside the one that runs now: keep it off (schedule: state: DISABLED) until that one is.`,
    ),
    ...first.map(
      ({ name }) => `${name} runs at each up: what it does to data, such as a migration, must suit the tasks that run now as well.`,
    ),
  ];
}
