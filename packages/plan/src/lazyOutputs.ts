import { Output, type Resource } from "@pulumi/pulumi";
import rpcModule = require("@pulumi/pulumi/runtime/rpc");

import { ResourceOutputs } from "./resourceOutputs";
import { areStackOutputs } from "./stackOutputs";

const rpc = rpcModule as unknown as {
  transferProperties: unknown;
  deserializeProperties(message: unknown, keepUnknowns: boolean): object;
  deserializeProperty(value: unknown, keepUnknowns: boolean): unknown;
  resolveProperties: unknown;
  isRpcSecret(value: unknown): boolean;
  unwrapRpcSecret(value: unknown): unknown;
};

type OutputConstructor = new (
  resource: Resource,
  value: Promise<unknown>,
  isKnown: Promise<boolean>,
  isSecret: Promise<boolean>,
  resources: Promise<Resource[]>,
) => Output<unknown>;

interface Answer {
  value: unknown;
  isKnown: boolean;
  isSecret: boolean;
}

/** The properties of one resource: how the monitor answered, and the outputs that were read. */
class LazyOutputs {
  /** Tells what a property is once the monitor has answered. */
  settle!: (answerTo: (name: string) => Answer) => void;
  private readonly settled = new Promise<(name: string) => Answer>((resolve) => (this.settle = resolve));
  private outputs?: Map<string, unknown>;

  constructor(private readonly resource: Resource) {}

  read(name: string): unknown {
    if (!this.outputs?.has(name)) this.write(name, this.makeOutput(name));
    return this.outputs!.get(name);
  }

  write(name: string, output: unknown): void {
    (this.outputs ??= new Map()).set(name, output);
  }

  private makeOutput(name: string): Output<unknown> {
    const answer = this.settled.then((answerTo) => answerTo(name));
    return new (Output as unknown as OutputConstructor)(
      this.resource,
      answer.then(({ value }) => value),
      answer.then(({ isKnown }) => isKnown),
      answer.then(({ isSecret }) => isSecret),
      answer.then(() => []),
    );
  }
}

const lazyOutputs = Symbol("outputs that are made when they are read");
type WithLazyOutputs = { [lazyOutputs]?: LazyOutputs };
const descriptors = new Map<string, PropertyDescriptor>();

/** One descriptor for each property name, shared by all resources: V8 then shares their hidden classes as well. */
function descriptor(name: string): PropertyDescriptor {
  let shared = descriptors.get(name);
  if (!shared) {
    shared = {
      configurable: true,
      enumerable: true,
      get(this: WithLazyOutputs) {
        return this[lazyOutputs]?.read(name);
      },
      set(this: WithLazyOutputs, output: unknown) {
        this[lazyOutputs]?.write(name, output);
      },
    };
    descriptors.set(name, shared);
  }
  return shared;
}

function transferProperties(onto: Resource, label: string, props: Record<string, unknown>): LazyOutputs {
  const outputs = new LazyOutputs(onto);
  Object.defineProperty(onto, lazyOutputs, { value: outputs });
  for (const name of Object.keys(props)) {
    if (name === "id" || name === "urn") continue;
    if (Object.hasOwn(onto, name)) throw new Error(`Property '${name}' is already initialized on target '${label}`);
    Object.defineProperty(onto, name, descriptor(name));
  }
  return outputs;
}

/** Carries the monitor's answer from where the SDK reads it to where it hands it out. */
const unread = Symbol("what the monitor answered");

function deserializeLazily(deserializeProperties: (typeof rpc)["deserializeProperties"]): (typeof rpc)["deserializeProperties"] {
  return (message, keepUnknowns) =>
    message instanceof ResourceOutputs ? { [unread]: message } : deserializeProperties(message, keepUnknowns);
}

function resolveProperties(
  _resource: Resource,
  outputs: LazyOutputs | object,
  _type: string,
  _name: string,
  properties: Record<string, unknown> & { [unread]?: ResourceOutputs },
  _dependencies: unknown,
  error?: Error,
): void {
  // A component makes its outputs itself.
  if (!(outputs instanceof LazyOutputs)) return;
  outputs.settle((name) => {
    if (error) throw error;
    const answer = properties[unread];
    const value = answer ? deserialized(answer.of(name)) : properties[name];
    // What the monitor doesn't answer is not known before apply.
    if (value === undefined) return { value, isKnown: false, isSecret: false };
    return { value: rpc.unwrapRpcSecret(value), isKnown: true, isSecret: rpc.isRpcSecret(value) };
  });
}

function deserialized(value: unknown): unknown {
  return value === undefined || areStackOutputs(value) ? value : rpc.deserializeProperty(value, false);
}

/**
 * Gives resources their outputs when a program reads them. The SDK makes an Output of about a dozen promises for each of a resource's
 * properties, and most are never read.
 */
export function useLazyOutputs(): void {
  if (!rpc.transferProperties || !rpc.deserializeProperties || !rpc.resolveProperties) {
    throw new Error("This version of @pulumi/pulumi is not the one that packages/plan/src/lazyOutputs.ts was written for.");
  }
  Object.assign(rpc, { transferProperties, deserializeProperties: deserializeLazily(rpc.deserializeProperties), resolveProperties });
}
