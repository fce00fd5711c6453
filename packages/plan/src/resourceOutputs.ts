import { listOutputs } from "./listOutputs";
import { referenceText } from "./outputReference";

type Properties = Record<string, unknown>;

/**
 * What the monitor answers for a resource: its inputs, and references to the attributes that the provider adds. Each is made when it is asked
 * for: an ECS service has 45, and most are never read.
 */
export class ResourceOutputs {
  /** @param outputs of another stack, which are read by their names */
  constructor(
    private readonly type: string,
    private readonly urn: string,
    private readonly inputs: Properties,
    private readonly attributes: ReadonlySet<string>,
    private readonly outputs?: object,
  ) {}

  /** Undefined where there is none of that name. */
  of(name: string): unknown {
    if (name === "outputs" && this.outputs) return this.outputs;
    if (Object.hasOwn(this.inputs, name)) return this.inputs[name];
    const lists = listOutputs(this.type, this.urn, this.inputs);
    if (Object.hasOwn(lists, name)) return lists[name];
    return this.attributes.has(name) ? referenceText(this.urn, name) : undefined;
  }

  toJavaScript(): Properties {
    const names = new Set([...this.attributes, ...Object.keys(listOutputs(this.type, this.urn, this.inputs)), ...Object.keys(this.inputs)]);
    return Object.fromEntries([...names].map((name) => [name, this.of(name)]));
  }
}
