import { referenceText } from "../outputReference";

type Properties = Record<string, unknown>;

/** A resource that a remote component makes by itself. */
export interface RemoteChild {
  urn: string;
  type: string;
  name: string;
  parent: string;
  inputs: Properties;
  /** URNs of what it waits for besides what its inputs refer to. */
  dependsOn: string[];
}

/** A child that others refer to. */
export interface Child {
  urn: string;
  /** References to its attributes. */
  output: (attribute: string) => string;
}

/** The children of one `awsx.ec2.Vpc`, in the order in which they are added. */
export class Children {
  readonly all: RemoteChild[] = [];

  constructor(
    /** URN of the component. */
    private readonly component: string,
    /** The region that all of them are given, where the component is given one. */
    private readonly region: string | undefined,
    private readonly urnOf: (parent: string, type: string, name: string) => string,
  ) {}

  /** Adds a child of the component, or of `parent`, for which it then waits. */
  add(type: string, name: string, inputs: Properties, parent?: Child): Child {
    const urn = this.urnOf(parent?.urn ?? this.component, type, name);
    const given = Object.entries({ region: this.region, ...inputs }).filter(([, value]) => value !== undefined);
    this.all.push({
      urn,
      type,
      name,
      parent: parent?.urn ?? this.component,
      inputs: Object.fromEntries(given),
      dependsOn: parent ? [parent.urn] : [],
    });
    return { urn, output: (attribute) => referenceText(urn, attribute) };
  }
}
