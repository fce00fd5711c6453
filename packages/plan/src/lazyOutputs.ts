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
  value?: unknown;
  isKnown: boolean;
  isSecret: boolean;
  dependencies: Resource[];
  error?: Error;
}

/**
 * Takes the place of the SDK's `transferProperties` (pulumi/runtime/rpc): it gives a resource its outputs when a program reads them. The
 * SDK makes an Output of about a dozen promises for each of a resource's properties, an ECS service has 45, and most are never read.
 */
export function transferPropertiesLazily(onto: Resource, label: string, props: Record<string, unknown>): Record<string, Resolver> {
  const names = Object.keys(props).filter((name) => name !== "id" && name !== "urn");
  const settled = new Map<string, Settled>();
  let announce!: () => void;
  const allSettled = new Promise<void>((resolve) => (announce = resolve));
  const resolvers: Record<string, Resolver> = {};
  for (const name of names) {
    if (Object.hasOwn(onto, name)) throw new Error(`Property '${name}' is already initialized on target '${label}`);
    resolvers[name] = (value, isKnown, isSecret, dependencies = [], error) => {
      settled.set(name, { value, isKnown, isSecret, dependencies, error });
      if (settled.size === names.length) announce();
    };
    let output: unknown;
    Object.defineProperty(onto, name, {
      configurable: true,
      enumerable: true,
      get: () => (output ??= makeOutput(onto, settledValue(name))),
      set: (value: unknown) => (output = value),
    });
  }
  const settledValue = (name: string) =>
    allSettled.then(() => {
      const result = settled.get(name)!;
      if (result.error) throw result.error;
      return result;
    });
  return resolvers;
}

function makeOutput(resource: Resource, settled: Promise<Settled>): Output<unknown> {
  return new (Output as unknown as OutputConstructor)(
    resource,
    settled.then(({ value }) => value),
    settled.then(({ isKnown }) => isKnown),
    settled.then(({ isSecret }) => isSecret),
    settled.then(({ dependencies }) => dependencies),
  );
}
