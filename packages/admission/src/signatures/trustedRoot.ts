import type { TrustedRoot } from "@sigstore/protobuf-specs";

import type { RequiredSignature } from "./requiredSignature";

/** Nobody can tell who a certificate is to be believed from. */
export class TrustedRootError extends Error {}

let publicRoot: Promise<TrustedRoot> | undefined;

/** The roots of trust for a requirement: its own, or those of Sigstore's public instance, fetched once a process by TUF. */
export async function trustedRootOf({ trustedRoot }: Pick<RequiredSignature, "trustedRoot">): Promise<TrustedRoot> {
  if (trustedRoot !== undefined) return parsedRoot(trustedRoot);
  try {
    return await (publicRoot ??= import("@sigstore/tuf").then(({ getTrustedRoot }) => getTrustedRoot()));
  } catch (error) {
    publicRoot = undefined;
    throw new TrustedRootError(`Sigstore's roots of trust can't be fetched: ${(error as Error).message}`);
  }
}

async function parsedRoot(text: string): Promise<TrustedRoot> {
  const { TrustedRoot } = await import("@sigstore/protobuf-specs");
  try {
    return TrustedRoot.fromJSON(JSON.parse(text));
  } catch (error) {
    throw new TrustedRootError(`the roots of trust that the environment names can't be read: ${(error as Error).message}`);
  }
}
