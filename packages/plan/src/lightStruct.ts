import { createRequire } from "node:module";

type Properties = Record<string, unknown>;

// The SDK's own copy: its messages are what reaches the monitor.
const { Struct } = createRequire(require.resolve("@pulumi/pulumi"))("google-protobuf/google/protobuf/struct_pb") as {
  Struct: { new (): { toJavaScript(): unknown }; fromJavaScript?: (properties: Properties) => unknown };
};

/** Puts the properties themselves in the place of the message that the SDK makes of them, which here nobody sends. */
export function useLightStructs(): void {
  if (!Struct.fromJavaScript)
    throw new Error("google-protobuf's Struct is not the one that packages/plan/src/lightStruct.ts was written for.");
  Struct.fromJavaScript = (properties) => Object.assign(new Struct(), { toJavaScript: () => received(properties) });
}

/** What comes out of the message: a copy, with the keys of maps in order. */
function received(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(received);
  if (value === null || typeof value !== "object") return value;
  const copy: Properties = {};
  for (const key of Object.keys(value).sort()) copy[key] = received((value as Properties)[key]);
  return copy;
}
