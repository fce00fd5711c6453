import type { AttributeNames } from "./attributes";
import { answerInvoke } from "./invokes";
import type { PlanOptions, PlanResource } from "./model";
import { referenceText, toModelValue } from "./outputReference";
import { shapedOutputs } from "./outputShapes";
import { withoutSecrets } from "./secrets";

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
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getAliasesList(): { toObject(): { urn: string; spec?: unknown } }[];
}

const struct = (properties: Properties): Struct => ({ toJavaScript: () => properties });

/**
 * A resource monitor in process, on the interface that the SDK calls over gRPC when the engine runs a program
 * (pulumi/proto/resource.proto). It creates nothing: it records each request and answers with references to what apply would yield.
 */
export class PlanMonitor {
  readonly resources: PlanResource[] = [];
  outputs: Properties = {};
  private readonly seen = new Set<string>();
  private readonly listLengths = new Map<string, number>();
  private stackUrn = "";

  constructor(
    private readonly target: { project: string; stack: string; region: string },
    private readonly attributes: AttributeNames,
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
      options: optionsOf(request),
    });
    const isProviderManaged = request.getCustom() || request.getRemote();
    callback(null, {
      getUrn: () => urn,
      getId: () => (request.getCustom() ? referenceText(urn, "id") : ""),
      getObject: () => struct(isProviderManaged ? this.outputsOf(type, urn, inputs) : inputs),
      getPropertydependenciesMap: () => undefined,
      getResult: () => 0,
    });
  }

  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Struct }, callback: Callback): void {
    if (request.getUrn() === this.stackUrn) this.outputs = this.modelOf(request.getOutputs().toJavaScript());
    callback(null, {});
  }

  readResource(request: ResourceRequest & { getProperties(): Struct }, callback: Callback): void {
    const urn = this.urn(request);
    callback(null, {
      getUrn: () => urn,
      getProperties: () => struct(this.outputsOf(request.getType(), urn, request.getProperties().toJavaScript())),
    });
  }

  invoke(request: { getTok(): string; getArgs(): Struct }, callback: Callback): void {
    try {
      const result = answerInvoke(request.getTok(), request.getArgs().toJavaScript(), this.target.region);
      callback(null, { getReturn: () => struct(result), getFailuresList: () => [] });
    } catch (error) {
      callback(error as Error);
    }
  }

  supportsFeature(_request: unknown, callback: Callback): void {
    callback(null, { getHassupport: () => true });
  }

  private outputsOf(type: string, urn: string, inputs: Properties): Properties {
    const outputs: Properties = {};
    for (const name of this.attributes.of(type)) outputs[name] = referenceText(urn, name);
    const shaped = shapedOutputs(type, urn, inputs);
    for (const [name, value] of Object.entries(shaped)) if (Array.isArray(value)) this.listLengths.set(`${urn}#${name}`, value.length);
    return { ...outputs, ...inputs, ...shaped };
  }

  private modelOf(properties: Properties): Properties {
    return toModelValue(withoutSecrets(properties), this.listLengths) as Properties;
  }

  /** The engine's URN: types of all parents but the stack, joined by `$` (pulumi/sdk/go/common/resource/urn). */
  private urn(request: ResourceRequest): string {
    const parent = request.getParent();
    const parentType = parent && parent !== this.stackUrn ? `${parent.split("::")[2]}$` : "";
    const urn = `urn:pulumi:${this.target.stack}::${this.target.project}::${parentType}${request.getType()}::${request.getName()}`;
    if (request.getType() === "pulumi:pulumi:Stack") this.stackUrn = urn;
    return urn;
  }
}

function optionsOf(request: RegisterRequest): PlanOptions {
  const options: PlanOptions = {};
  if (request.hasProtect()) options.protect = request.getProtect();
  if (request.hasRetainondelete()) options.retainOnDelete = request.getRetainondelete();
  if (request.getIgnorechangesList().length > 0) options.ignoreChanges = request.getIgnorechangesList();
  if (request.getReplaceonchangesList().length > 0) options.replaceOnChanges = request.getReplaceonchangesList();
  if (request.getDeletebeforereplacedefined()) options.deleteBeforeReplace = request.getDeletebeforereplace();
  const aliases = request.getAliasesList();
  if (aliases.length > 0) options.aliases = aliases.map((alias) => alias.toObject()).map(({ urn, spec }) => urn || spec);
  return options;
}
