import { Output, type Resource } from "@pulumi/pulumi";

type Resolver = (value: unknown, isKnown: boolean, isSecret: boolean, dependencies?: Resource[], error?: Error) => void;
type OutputConstructor = new (
  resource: Resource,
  value: Promise<unknown>,
  isKnown: Promise<boolean>,
  isSecret: Promise<boolean>,
  resources: Promise<Resource[]>,
) => Output<unknown>;

interface Settled {
  value: unknown;
  isKnown: boolean;
  isSecret: boolean;
  dependencies: Resource[];
  error?: Error;
}

/** The properties of one resource: what the monitor answered, and the outputs that were read. */
class LazyOutputs {
  private readonly values = new Map<string, unknown>();
  /** Those of `values` that are not simply known. */
  private readonly exceptions = new Map<string, Settled>();
  private readonly outputs = new Map<string, unknown>();
  private announce!: () => void;
  private readonly settled = new Promise<void>((resolve) => (this.announce = resolve));

  constructor(
    private readonly resource: Resource,
    private readonly count: number,
  ) {}

  settle(name: string, ...[value, isKnown, isSecret, dependencies = [], error]: Parameters<Resolver>): void {
    this.values.set(name, value);
    if (!isKnown || isSecret || dependencies.length > 0 || error) {
      this.exceptions.set(name, { value, isKnown, isSecret, dependencies, error });
    }
    if (this.values.size === this.count) this.announce();
  }

  read(name: string): unknown {
    if (!this.outputs.has(name)) this.outputs.set(name, this.makeOutput(name));
    return this.outputs.get(name);
  }

  write(name: string, output: unknown): void {
    this.outputs.set(name, output);
  }

  private makeOutput(name: string): Output<unknown> {
    const settled = this.settled.then((): Settled => {
      const result = this.exceptions.get(name) ?? { value: this.values.get(name), isKnown: true, isSecret: false, dependencies: [] };
      if (result.error) throw result.error;
      return result;
    });
    return new (Output as unknown as OutputConstructor)(
      this.resource,
      settled.then(({ value }) => value),
      settled.then(({ isKnown }) => isKnown),
      settled.then(({ isSecret }) => isSecret),
      settled.then(({ dependencies }) => dependencies),
    );
  }
}

const outputsOf = new WeakMap<object, LazyOutputs>();
const descriptors = new Map<string, PropertyDescriptor>();

/** One descriptor for each property name, shared by all resources: V8 then shares their hidden classes as well. */
function descriptor(name: string): PropertyDescriptor {
  let shared = descriptors.get(name);
  if (!shared) {
    shared = {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return outputsOf.get(this)?.read(name);
      },
      set(this: object, output: unknown) {
        outputsOf.get(this)?.write(name, output);
      },
    };
    descriptors.set(name, shared);
  }
  return shared;
}

/**
 * Takes the place of the SDK's `transferProperties` (pulumi/runtime/rpc): it gives a resource its outputs when a program reads them. The
 * SDK makes an Output of about a dozen promises for each of a resource's properties, an ECS service has 45, and most are never read.
 */
export function transferPropertiesLazily(onto: Resource, label: string, props: Record<string, unknown>): Record<string, Resolver> {
  const names = Object.keys(props).filter((name) => name !== "id" && name !== "urn");
  const outputs = new LazyOutputs(onto, names.length);
  outputsOf.set(onto, outputs);
  for (const name of names) {
    if (Object.hasOwn(onto, name)) throw new Error(`Property '${name}' is already initialized on target '${label}`);
    Object.defineProperty(onto, name, descriptor(name));
  }
  const known = new Set(names);
  const property = { configurable: true, enumerable: true, writable: true };
  return new Proxy<Record<string, Resolver>>(
    {},
    {
      ownKeys: () => names,
      getOwnPropertyDescriptor: (_, name) => (known.has(name as string) ? property : undefined),
      get: (_, name) =>
        known.has(name as string) ? (...settled: Parameters<Resolver>) => outputs.settle(name as string, ...settled) : undefined,
    },
  );
}
