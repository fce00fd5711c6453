import { UserError } from "@fairlead/model";

import type { AttributeNames } from "./attributes";
import { expandAwsxVpc } from "./awsxVpc/expandAwsxVpc";
import type { PlanCallbacks } from "./callbacks";
import { answerInvoke, zoneNames } from "./invokes";
import type { PlanOptions, PlanResource } from "./model";
import { lookupUrn, referencesIn, referenceText, toModelValue } from "./outputReference";
import type { Place } from "./project/place";
import { providerUrn } from "./providerUrn";
import { ResourceOutputs } from "./resourceOutputs";
import { withoutSecrets, type Mark } from "./secrets";
import { stackReference } from "./readOutputs";
import { stackOutputs } from "./stackOutputs";

type Properties = Record<string, unknown>;
type Struct = { toJavaScript(): Properties };
type Callback = (error: Error | null, response?: unknown) => void;

/** The parts of the SDK's RegisterResourceRequest and ReadResourceRequest (pulumi/proto/resource.proto) that a plan holds. */
interface ResourceRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getDependenciesList(): string[];
}
interface RegisterRequest extends ResourceRequest {
  getCustom(): boolean;
  getRemote(): boolean;
  getObject(): Struct;
  getPropertydependenciesMap(): { forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void };
  getProtect(): boolean;
  hasProtect(): boolean;
  getRetainondelete(): boolean;
  hasRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getReplaceWithList(): string[];
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getProvider(): string;
  getAliasesList(): { toObject(): { urn: string; spec?: unknown } }[];
  getImportid(): string;
  getVersion(): string;
  getPlugindownloadurl(): string;
  getDeletedwith(): string;
  getTransformsList(): { getToken(): string }[];
  getHooks(): { toObject(): Record<string, string[]> } | undefined;
}

interface ReadRequest extends ResourceRequest {
  getId(): string;
  getProvider(): string;
  getProperties(): Struct;
}

const struct = (properties: Properties): Struct => ({ toJavaScript: () => properties });

/**
 * A resource monitor in process, on the interface that the SDK calls over gRPC when the engine runs a program
 * (pulumi/proto/resource.proto). It creates nothing: it records each request and answers with references to what apply would yield.
 */
export class PlanMonitor {
  readonly resources: PlanResource[] = [];
  outputs: Properties = {};
  private refusal: { error: Error; told: Error } | undefined;
  private readonly seen = new Set<string>();
  private stackUrn = "";

  constructor(
    private readonly target: { project: string; stack: string } & Place,
    private readonly attributes: AttributeNames,
    private readonly callbacks: PlanCallbacks,
    private readonly mark?: Mark,
  ) {}

  registerResource(request: RegisterRequest, callback: Callback): void {
    const type = request.getType();
    const urn = this.urn(request);
    if (this.seen.has(urn)) {
      callback(new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`));
      return;
    }
    this.seen.add(urn);
    const inputs = request.getObject().toJavaScript();
    const propertyDependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((value, key) => {
      const urns = value.getUrnsList();
      if (urns.length > 0) propertyDependencies[key] = [...urns].sort();
    });
    this.resources.push({
      urn,
      type,
      name: request.getName(),
      parent: request.getParent() || null,
      custom: request.getCustom(),
      inputs: this.modelOf(inputs),
      dependencies: [...request.getDependenciesList()].sort(),
      propertyDependencies,
      options: optionsOf(request, this.callbacks, this.mark),
    });
    try {
      const outputs = request.getRemote()
        ? this.expandRemote(type, request.getName(), urn, inputs)
        : request.getCustom()
          ? this.outputsOf(type, urn, inputs)
          : inputs;
      callback(null, {
        getUrn: () => urn,
        getId: () => (request.getCustom() ? referenceText(urn, "id") : ""),
        getObject: () => (outputs instanceof ResourceOutputs ? outputs : struct(outputs)),
        getPropertydependenciesMap: () => undefined,
        getResult: () => 0,
      });
    } catch (error) {
      this.refuse(callback, error as Error, `${request.getName()} [${type}]: `);
    }
  }

  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Struct }, callback: Callback): void {
    if (request.getUrn() === this.stackUrn) this.outputs = this.modelOf(request.getOutputs().toJavaScript());
    callback(null, {});
  }

  /** What others manage: its attributes are named by what is read, whatever the program calls it. */
  readResource(request: ReadRequest, callback: Callback): void {
    const type = request.getType();
    const provider = request.getProvider();
    const by = provider ? ` by ${providerUrn(provider).split("::").at(-1)!}` : "";
    const lookup = lookupUrn(type, `${request.getId()}${by}`);
    const outputs = type === stackReference ? stackOutputs(request.getId()) : undefined;
    callback(null, {
      getUrn: () => this.urn(request),
      getProperties: () => new ResourceOutputs(type, lookup, request.getProperties().toJavaScript(), this.attributes.of(type), outputs),
    });
  }

  invoke(request: { getTok(): string; getArgs(): Struct }, callback: Callback): void {
    try {
      const result = answerInvoke(request.getTok(), request.getArgs().toJavaScript(), this.target);
      callback(null, { getReturn: () => struct(result), getFailuresList: () => [] });
    } catch (error) {
      this.refuse(callback, error as Error);
    }
  }

  supportsFeature(_request: unknown, callback: Callback): void {
    callback(null, { getHassupport: () => true });
  }

  /** What this refused, where an error is what the SDK made of it: a sentence around it for each property that waits for the resource. */
  causeOf(error: unknown): unknown {
    const { refusal } = this;
    return refusal && error instanceof Error && error.message.includes(refusal.error.message) ? refusal.told : error;
  }

  private refuse(callback: Callback, error: Error, where = ""): void {
    this.refusal ??= { error, told: error instanceof UserError ? new UserError(where + error.message) : error };
    // `details` is what the SDK shows of an error from gRPC.
    callback(Object.assign(error, { details: error.message }));
  }

  private outputsOf(type: string, urn: string, inputs: Properties): ResourceOutputs {
    return new ResourceOutputs(type, urn, inputs, this.attributes.of(type));
  }

  /** The children and outputs of a component that runs in a plugin. */
  private expandRemote(type: string, name: string, urn: string, inputs: Properties): Properties | ResourceOutputs {
    if (type !== "awsx:ec2:Vpc") return this.outputsOf(type, urn, inputs);
    const { children, outputs } = expandAwsxVpc(name, urn, inputs, {
      urnOf: (...parts) => this.urnOf(...parts),
      zoneNames: (region = this.target.region) => zoneNames(region),
    });
    for (const { dependsOn, ...child } of children) {
      const childInputs = this.modelOf(child.inputs);
      const propertyDependencies = dependenciesOf(childInputs);
      const dependencies = [...new Set([...dependsOn, ...Object.values(propertyDependencies).flat()])].sort();
      this.resources.push({ ...child, custom: true, inputs: childInputs, dependencies, propertyDependencies, options: {} });
    }
    return { ...this.outputsOf(type, urn, inputs).toJavaScript(), ...outputs };
  }

  private modelOf(properties: Properties): Properties {
    return toModelValue(withoutSecrets(properties, this.mark)) as Properties;
  }

  /** The engine's URN: types of all parents but the stack, joined by `$` (pulumi/sdk/go/common/resource/urn). */
  private urn(request: ResourceRequest): string {
    const urn = this.urnOf(request.getParent(), request.getType(), request.getName());
    if (request.getType() === "pulumi:pulumi:Stack") this.stackUrn = urn;
    return urn;
  }

  private urnOf(parent: string, type: string, name: string): string {
    const parentType = parent && parent !== this.stackUrn ? `${parent.split("::")[2]}$` : "";
    return `urn:pulumi:${this.target.stack}::${this.target.project}::${parentType}${type}::${name}`;
  }
}

function dependenciesOf(inputs: Properties): Record<string, string[]> {
  const entries = Object.entries(inputs).map(([key, value]) => [key, referencesIn(value).map(({ urn }) => urn)] as const);
  return Object.fromEntries(entries.filter(([, urns]) => urns.length > 0));
}

function optionsOf(request: RegisterRequest, callbacks: PlanCallbacks, mark?: Mark): PlanOptions {
  const options: PlanOptions = {};
  if (request.hasProtect()) options.protect = request.getProtect();
  if (request.hasRetainondelete()) options.retainOnDelete = request.getRetainondelete();
  if (request.getIgnorechangesList().length > 0) options.ignoreChanges = request.getIgnorechangesList();
  if (request.getReplaceonchangesList().length > 0) options.replaceOnChanges = request.getReplaceonchangesList();
  const replacementTrigger = request.getReplacementTrigger();
  if (replacementTrigger) options.replacementTrigger = toModelValue(withoutSecrets(replacementTrigger.toJavaScript(), mark));
  if (request.getReplaceWithList().length > 0) options.replaceWith = request.getReplaceWithList();
  if (request.getDeletebeforereplacedefined()) options.deleteBeforeReplace = request.getDeletebeforereplace();
  if (request.getCustom() && request.getProvider()) options.provider = providerUrn(request.getProvider());
  const aliases = request.getAliasesList();
  if (aliases.length > 0) options.aliases = aliases.map((alias) => alias.toObject()).map(({ urn, spec }) => urn || spec);
  if (request.getImportid()) options.import = request.getImportid();
  if (request.getVersion()) options.version = request.getVersion();
  if (request.getPlugindownloadurl()) options.pluginDownloadURL = request.getPlugindownloadurl();
  if (request.getDeletedwith()) options.deletedWith = request.getDeletedwith();
  const transforms = request.getTransformsList().map((transform) => transform.getToken());
  if (transforms.length > 0) options.transforms = transforms;
  // The message names each list `<event>List`, the option `<event>`.
  const hooks = Object.entries(request.getHooks()?.toObject() ?? {}).filter(([, names]) => names.length > 0);
  if (hooks.length > 0)
    options.hooks = Object.fromEntries(
      hooks.map(([list, names]) => [list.replace(/List$/, ""), names.map((name) => callbacks.hook(name))]),
    );
  return options;
}
