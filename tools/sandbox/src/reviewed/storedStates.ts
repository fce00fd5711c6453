import { canonical } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import type { Asked, AwsProvider, Properties, Stored } from "./awsProvider";
import { sampleOf } from "./samples";
import { known, knownAttribute, resolved, topOf } from "./values";

/** A resource as it would be after `up`, or why nobody can say. */
export type State = { stored: Stored; lacks?: string };

/** After so many plans nothing settles any more. */
const rounds = 6;
/** What the provider says of an empty list in the place of a map. */
const isNoList = /failed on property "(\w+)": Expected an Object/;
/** A state that says to be of a newer schema than the provider's is refused with the version that the provider has. */
const newer = "1000";
const ownVersion = new RegExp(`from resource schema version ${newer} to (\\d+)`);

/**
 * States of resources that were never made: the provider's plan of making them, with a sample of what AWS would add, until the provider sees no
 * difference between them and their inputs.
 */
export class StoredStates {
  private readonly known = new Map<string, Promise<State>>();

  constructor(private readonly provider: AwsProvider) {}

  /** The states of a plan's resources. */
  ofPlan(resources: ReadonlyMap<string, PlanResource>): StatesOfPlan {
    return new StatesOfPlan(resources, (resource, inputs) => this.of(resource, inputs));
  }

  private of(asked: Asked, inputs: Properties): Promise<State> {
    const key = canonical([asked.type, asked.urn, inputs]);
    const state = this.known.get(key) ?? this.made(asked, inputs);
    this.known.set(key, state);
    return state;
  }

  private async made(asked: Asked, given: Properties): Promise<State> {
    const samples = { id: sampleOf(asked, "id"), arn: sampleOf(asked, "arn"), tagsAll: given.tags ?? {} };
    const without = (why: string): State => ({ stored: { id: samples.id, inputs: given, outputs: { ...given, ...samples } }, lacks: why });
    try {
      const { inputs, refused } = await this.provider.check(asked, {}, given);
      if (refused.length > 0) return without(`it refuses what stands: ${refused.join("; ")}`);
      const settled = (version: string) => this.settled(asked, inputs, { ...samples, __meta: JSON.stringify({ schema_version: version }) });
      return await settled(newer).catch((error: Error) => settled(ownVersion.exec(error.message)?.[1] ?? "0"));
    } catch (error) {
      return without((error as Error).message);
    }
  }

  /** Plans an update that changes nothing, until it does change nothing. */
  private async settled(asked: Asked, inputs: Properties, samples: Properties & { id: string }): Promise<State> {
    const maps = new Set<string>();
    let stored: Stored = {
      id: samples.id,
      inputs,
      outputs: withStandIns(await this.provider.create(asked, inputs), samples, () => undefined),
    };
    let differing: readonly string[] = [];
    for (let round = 0; round < rounds; round++) {
      try {
        const { operation, differs } = await this.provider.diff(asked, stored, inputs, []);
        if (operation === "same") return { stored };
        differing = differs.map(topOf);
        const planned = await this.provider.update(asked, stored, inputs, []);
        // At first as if there was nothing; then no items, or no entries.
        const nothing = (key: string) => (round === 0 ? undefined : maps.has(key) ? {} : []);
        const { outputs } = stored;
        stored = { ...stored, outputs: withStandIns(planned, samples, (key) => (differing.includes(key) ? nothing(key) : outputs[key])) };
      } catch (error) {
        const map = isNoList.exec((error as Error).message)?.[1]?.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
        if (map === undefined || maps.has(map)) throw error;
        maps.add(map);
        stored = { ...stored, outputs: { ...stored.outputs, [map]: {} } };
      }
    }
    return { stored, lacks: `it would change what is as it stands: ${differing.join(", ")}` };
  }
}

function withStandIns(planned: Properties, samples: Properties, standIn: (key: string) => unknown): Properties {
  return Object.fromEntries(
    Object.entries({ ...planned, __meta: samples.__meta }).flatMap(([key, value]) => {
      const own = known(value) ?? samples[key] ?? standIn(key);
      return own === undefined ? [] : [[key, own]];
    }),
  );
}

/** States of the resources of one plan, each made when it is asked for. */
export class StatesOfPlan {
  private readonly states = new Map<string, Promise<State>>();

  constructor(
    private readonly resources: ReadonlyMap<string, PlanResource>,
    private readonly make: (asked: Asked, inputs: Properties) => Promise<State>,
  ) {}

  of(urn: string): Promise<State> {
    const state = this.states.get(urn) ?? this.made(this.resources.get(urn)!);
    this.states.set(urn, state);
    return state;
  }

  /** An attribute of a resource, or of what is looked up. */
  async attribute(urn: string, attribute: string): Promise<unknown> {
    const resource = this.resources.get(urn);
    if (!resource?.custom || !resource.type.startsWith("aws:")) return sampleOf(askedOf(urn, resource), attribute);
    const { stored } = await this.of(urn);
    const known = knownAttribute(stored.outputs, attribute);
    return isEmpty(known) ? sampleOf(resource, attribute) : known;
  }

  async inputs(resource: PlanResource): Promise<Properties> {
    return resolvedLater(resource.inputs, (urn, attribute) => this.attribute(urn, attribute));
  }

  private async made(resource: PlanResource): Promise<State> {
    return this.make(resource, await this.inputs(resource));
  }
}

/** As `resolved`, where looking up takes time. */
export async function resolvedLater<Value>(value: Value, lookup: (urn: string, attribute: string) => Promise<unknown>): Promise<Value> {
  const asked = new Map<string, Promise<unknown>>();
  resolved(value, (urn, attribute) => {
    asked.set(`${urn}#${attribute}`, lookup(urn, attribute));
    return "";
  });
  const found = new Map<string, unknown>();
  for (const [key, answer] of asked) found.set(key, await answer);
  return resolved(value, (urn, attribute) => found.get(`${urn}#${attribute}`));
}

function askedOf(urn: string, resource?: PlanResource): Asked {
  const [, , type = "", name = ""] = urn.split("::");
  return resource ?? { urn, type, name };
}

const isEmpty = (value: unknown) =>
  value === undefined || value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
