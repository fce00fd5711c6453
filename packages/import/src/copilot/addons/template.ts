import { childOf, textOf, type MapNode, type SourceNode } from "../../source/sourceNode";

/** A CloudFormation template of an addon, with what of its values can be told without deploying it. */
export class Template {
  readonly resources: ReadonlyMap<string, Resource>;

  /**
   * @param given values of parameters, by name: `Parameters` of the addons.parameters.yml beside it
   * @param environment the one that it is read for; none for what is said of all
   */
  constructor(
    private readonly root: MapNode,
    private readonly given?: SourceNode,
    readonly environment?: string,
  ) {
    const node = childOf(root, "Resources");
    const entries = node?.kind === "map" ? [...node.entries] : [];
    this.resources = new Map(
      entries.map(([id, { keyPlace, value }]) => [id, { id, type: textOf(childOf(value, "Type")) ?? "", place: keyPlace, node: value }]),
    );
  }

  /** The same, read for an environment. */
  in(environment: string | undefined): Template {
    return new Template(this.root, this.given, environment);
  }

  /** A property of a resource. */
  property({ node }: Resource, ...keys: string[]): SourceNode | undefined {
    return keys.reduce<SourceNode | undefined>((at, key) => childOf(at, key), childOf(node, "Properties"));
  }

  /** The names of a resource's properties, each with its node. */
  properties({ node }: Resource): [string, SourceNode][] {
    const properties = childOf(node, "Properties");
    return properties?.kind === "map" ? [...properties.entries].map(([key, { value }]) => [key, value]) : [];
  }

  /** A value's text: as it stands, or the default of the parameter, or the entry of the map, that it names. */
  value(node: SourceNode | undefined): string | undefined {
    if (!node) return undefined;
    if (node.kind === "scalar") return node.tag === "!Ref" ? this.parameter(node.text) : node.tag ? undefined : node.text;
    const named = textOf(childOf(node, "Ref"));
    if (named !== undefined) return this.parameter(named);
    const path = node.kind === "list" && node.tag === "!FindInMap" ? node : childOf(node, "Fn::FindInMap");
    return path?.kind === "list" ? this.mapped(path.items) : undefined;
  }

  number(node: SourceNode | undefined): number | undefined {
    const text = this.value(node);
    return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  }

  /** Outputs, each with the resource that its value is of, and the name that others import it by, without what begins it. */
  outputs(): Output[] {
    const node = childOf(this.root, "Outputs");
    if (node?.kind !== "map") return [];
    return [...node.entries].map(([name, { keyPlace, value }]) => ({
      name,
      place: keyPlace,
      of: [...this.resources.keys()].find((id) => mentions(childOf(value, "Value"), id)),
      value: childOf(value, "Value"),
      exported: textOf(childOf(childOf(value, "Export"), "Name"))?.replace(/^.*\$\{Env\}-/, ""),
    }));
  }

  /** What a parameter is given, or else its default. */
  parameter(name: string): string | undefined {
    const given = childOf(this.given, name);
    if (given) return given.kind === "scalar" && !given.tag && !given.isNull ? given.text : undefined;
    const preset = childOf(childOf(childOf(this.root, "Parameters"), name), "Default");
    return preset?.kind === "scalar" && !preset.isNull ? preset.text : undefined;
  }

  /** Of environments with their own values that of the one that it is read for, else that of all, or of the first. */
  private mapped([map, first, second]: readonly SourceNode[]): string | undefined {
    const name = textOf(map);
    const key = textOf(second);
    const top = name === undefined ? undefined : childOf(childOf(this.root, "Mappings"), name);
    if (top?.kind !== "map" || key === undefined) return undefined;
    const isOfEnvironment = (textOf(first) ?? textOf(childOf(first, "Ref"))) === "Env";
    const chosen = isOfEnvironment ? (this.environment ?? "All") : first?.kind === "scalar" && !first.tag ? first.text : "All";
    const entry = top.entries.get(chosen)?.value ?? [...top.entries.values()][0]?.value;
    return this.value(childOf(entry, key));
  }
}

export interface Resource {
  id: string;
  type: string;
  place: SourceNode["place"];
  node: SourceNode;
}

export interface Output {
  name: string;
  place: SourceNode["place"];
  /** Id of the resource that it is of. */
  of?: string;
  value: SourceNode | undefined;
  exported?: string;
}

/** A text as a part of a pattern. */
export const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Whether a value is of a resource: `!Ref X`, `!GetAtt X.Arn`, `${X.Arn}` and their long forms. */
export function mentions(node: SourceNode | undefined, id: string): boolean {
  if (!node) return false;
  if (node.kind === "map") return [...node.entries.values()].some(({ value }) => mentions(value, id));
  if (node.kind === "list") return node.items.some((item) => mentions(item, id));
  const plain = escaped(id);
  return new RegExp(`^${plain}(?:\\.|$)|\\$\\{\\s*${plain}[.}\\s]`).test(node.text);
}
