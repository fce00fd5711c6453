/**
 * How the engine writes what JSON has no form for. The SDK exports the same (`runtime.specialSigKey`, …), and takes half a second to load.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts
 */
export const signatureKey = "4dabf18193072939515e22adb298388d";
/** Value at {@link signatureKey} of a wrapped secret. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
/** Stands where a value is known only after apply. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
