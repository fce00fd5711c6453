import type { ChangeSet, ResourceChange } from "@fairlead/changes";
import { canonical } from "@fairlead/model";
import { unknownValue, type PlanResource } from "@fairlead/plan";

import type { Answer, AwsProvider, Properties } from "./awsProvider";
import { resolvedLater, type StatesOfPlan, type StoredStates } from "./storedStates";
import { knownAttribute, notTaken, topOf, withIgnored } from "./values";

/** What became of the provider's being asked about one resource. */
export type Asking = {
  change: ResourceChange;
  /** Paths of inputs that the provider has not taken: it is older than the SDK. */
  dropped: string[];
} & ({ answer: Answer } | { answer?: undefined; why: string });

/** Values of one resource that others refer to. */
type Outputs = (attribute: string) => Promise<unknown>;

/** Asks the provider, in the order of the plan and with what it has said of others, what it would do to each resource whose inputs differ. */
export class ProviderPlan {
  readonly askings: Asking[] = [];
  private readonly before: StatesOfPlan;
  private readonly outputs = new Map<string, Outputs>();

  constructor(
    private readonly changes: ChangeSet,
    states: StoredStates,
    private readonly provider: AwsProvider,
  ) {
    this.before = states.ofPlan(new Map(changes.resources.flatMap(({ urn, before }) => (before ? [[urn, { ...before, urn }]] : []))));
  }

  async make(): Promise<Asking[]> {
    for (const change of this.changes.resources) if (change.after?.custom) this.outputs.set(change.urn, await this.outputsOf(change));
    return this.askings;
  }

  private async outputsOf(change: ResourceChange): Promise<Outputs> {
    const { urn, type, before, after, operation } = change;
    const asBefore: Outputs = (attribute) => this.before.attribute(urn, attribute);
    const later: Outputs = async () => unknownValue;
    // Nobody is asked about resources of other providers, so what is said of them stands.
    if (!type.startsWith("aws:")) return operation === "same" ? asBefore : later;
    if (!before) return this.created(after!);
    const old = await this.before.inputs(before);
    const inputs = withIgnored(old, await this.inputs(after!), after!.options.ignoreChanges ?? []);
    if (canonical(old) === canonical(inputs) && operation === "same") return asBefore;
    const asking = await this.ask(change, inputs);
    this.askings.push(asking);
    const isReplaced = asking.answer ? asking.answer.operation === "replace" : operation === "replace";
    if (isReplaced) return this.created(after!);
    return asking.answer?.operation === "update" ? this.updated(change, inputs) : asBefore;
  }

  private async ask(change: ResourceChange, given: Properties): Promise<Asking> {
    const { urn, after } = change;
    const { ignoreChanges = [], replaceOnChanges = [] } = after!.options;
    const { stored, lacks } = await this.before.of(urn);
    const none = { change, dropped: [] };
    if (lacks !== undefined) return { ...none, why: lacks };
    try {
      const { inputs, refused } = await this.provider.check(change, stored.inputs, given);
      if (refused.length > 0) return { ...none, why: `it refuses what is asked for: ${refused.join("; ")}` };
      const taken = await this.provider.create(change, inputs);
      const dropped = [...new Set([...notTaken(stored.inputs, stored.outputs), ...notTaken(inputs, taken)])];
      const answer = await this.provider.diff(change, stored, inputs, ignoreChanges);
      // That is the engine's to know.
      const forced = answer.differs.filter((path) => replaceOnChanges.some((own) => own === "*" || topOf(own) === topOf(path)));
      const replacedBy = [...answer.replacedBy, ...forced];
      return { change, dropped, answer: { ...answer, replacedBy, operation: replacedBy.length > 0 ? "replace" : answer.operation } };
    } catch (error) {
      return { ...none, why: (error as Error).message };
    }
  }

  /** Of what is made anew the provider says beforehand what it can. */
  private created(resource: PlanResource): Outputs {
    let planned: Promise<Properties> | undefined;
    const plan = async () => {
      const { inputs } = await this.provider.check(resource, {}, await this.inputs(resource));
      return this.provider.create(resource, inputs);
    };
    return async (attribute) => {
      planned ??= plan().catch(() => ({}));
      return knownAttribute(await planned, attribute) ?? unknownValue;
    };
  }

  private async updated({ urn, after }: ResourceChange, given: Properties): Promise<Outputs> {
    const { stored } = await this.before.of(urn);
    const { inputs } = await this.provider.check(after!, stored.inputs, given);
    const planned = await this.provider.update(after!, stored, inputs, after!.options.ignoreChanges ?? []);
    return async (attribute) => knownAttribute(planned, attribute) ?? this.before.attribute(urn, attribute);
  }

  private inputs({ inputs }: PlanResource): Promise<Properties> {
    return resolvedLater(inputs, (urn, attribute) => this.outputs.get(urn)?.(attribute) ?? this.before.attribute(urn, attribute));
  }
}
