import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequiredSignature } from "@fairlead/admission";
import { closest, isMap, isRegistryPrefix, shortened } from "@fairlead/model";

import type { RefuseEntry } from "./stackConfiguration";

const keys = ["images", "publicKeyFile", "certificateIdentity", "certificateOidcIssuer", "trustedRootFile", "unsigned"] as const;
type Entry = Partial<Record<(typeof keys)[number], string>>;

export const requiredSignaturesForm = `a list of entries with images and one of publicKeyFile, certificateIdentity and certificateOidcIssuer, or unsigned`;

/** Reads an entry of `requiredSignatures`, with the files that it names. @param stacks folder that they lie in */
export function readRequiredSignature(stacks: string): (entry: unknown, refuse: RefuseEntry) => RequiredSignature | undefined {
  return (given, refuse) => {
    if (!isMap(given)) return void refuse(`has ${JSON.stringify(given)}`, requiredSignaturesForm, "Write its keys.");
    let refused = false;
    const no: RefuseEntry = (...problem) => {
      refused = true;
      refuse(...problem);
    };
    checkKeys(given, no);
    const entry = given as Entry;
    if (!refused) checkWays(entry, no);
    const { publicKeyFile, trustedRootFile, ...rest } = entry;
    const publicKey = refused || !publicKeyFile ? undefined : readFile(stacks, "publicKeyFile", publicKeyFile, publicKeyOf, no);
    const trustedRoot = refused || !trustedRootFile ? undefined : readFile(stacks, "trustedRootFile", trustedRootFile, compact, no);
    if (refused) return undefined;
    const read = { ...rest, publicKeyFile, publicKey, trustedRoot } as RequiredSignature;
    return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as unknown as RequiredSignature;
  };
}

function checkKeys(given: Record<string, unknown>, refuse: RefuseEntry): void {
  for (const [key, value] of Object.entries(given)) {
    if (!(keys as readonly string[]).includes(key)) {
      const meant = closest(key, keys);
      refuse(`has the unknown key "${key}"`, keys.join(", "), meant ? `Did you mean ${meant}?` : "Remove it.", [key]);
    } else if (typeof value !== "string" || value.trim() === "") {
      refuse(`has ${key} ${JSON.stringify(value)}`, "a text", "Write one.", [key]);
    }
  }
}

/** Exactly one way to say who must have signed. */
function checkWays(
  { images, publicKeyFile, certificateIdentity, certificateOidcIssuer, trustedRootFile, unsigned }: Entry,
  refuse: RefuseEntry,
) {
  if (images === undefined || !isRegistryPrefix(images)) {
    const expected = "a registry, or whole folders of one: public.ecr.aws, docker.io/library";
    refuse(`has images ${JSON.stringify(images)}`, expected, "Say which images it is for.", ["images"]);
  }
  const keyless = certificateIdentity !== undefined || certificateOidcIssuer !== undefined;
  const ways = [publicKeyFile !== undefined, keyless, unsigned !== undefined].filter(Boolean).length;
  if (ways !== 1)
    refuse(`has an entry with ${ways === 0 ? "nobody who must have signed" : "several ways at once"}`, requiredSignaturesForm, "Keep one.");
  if (keyless && (certificateIdentity === undefined || certificateOidcIssuer === undefined)) {
    const fix = "Say both: whoever may name himself at some issuer could sign as anybody.";
    refuse("has one of certificateIdentity and certificateOidcIssuer", "both", fix);
  }
  if (trustedRootFile !== undefined && !keyless)
    refuse("has a trustedRootFile without a certificateIdentity", "roots of trust for certificates alone", "Remove it.", [
      "trustedRootFile",
    ]);
}

function readFile(stacks: string, key: string, file: string, read: (text: string) => string, refuse: RefuseEntry): string | undefined {
  try {
    return read(readFileSync(join(stacks, file), "utf8"));
  } catch (error) {
    const expected = key === "publicKeyFile" ? "a public key in PEM, ECDSA or RSA" : "a trusted_root.json of Sigstore's";
    const fix =
      "It is looked for beside the stack's configuration. `cosign public-key` writes a key, `cosign trusted-root create` roots of trust.";
    refuse(`has ${key} "${file}": ${shortened((error as Error).message, 200)}`, expected, fix, [key]);
    return undefined;
  }
}

/** @throws Error for anything but a public key that can be verified with */
function publicKeyOf(text: string): string {
  // A private key has its public one in it, and would go into the state.
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(text)) throw new Error("it doesn't begin with BEGIN PUBLIC KEY");
  const key = createPublicKey(text);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const isKnown = type === "rsa" || (type === "ec" && ["prime256v1", "secp384r1", "secp521r1"].includes(details?.namedCurve ?? ""));
  // Cosign signs with Ed25519ph then, which Node can't verify.
  if (!isKnown) throw new Error(`it is of the type ${type} ${details?.namedCurve ?? ""}`.trim());
  return (key.export({ type: "spki", format: "pem" }) as string).trim();
}

/** @throws Error for what is no such file */
function compact(text: string): string {
  const value = JSON.parse(text) as unknown;
  if (!isMap(value) || !Array.isArray(value.certificateAuthorities)) throw new Error("it has no certificateAuthorities");
  return JSON.stringify(value);
}
