import { isFromAllowed } from "@fairlead/model";

/** Who must have signed certain images. One of the three ways is set. */
export interface RequiredSignature {
  /** Which: a registry (`public.ecr.aws`), or folders of one. Of several that fit the longest counts; of equal ones each is enough. */
  images: string;
  /** A public key in PEM: ECDSA or RSA. */
  publicKey?: string;
  /** The file that the key is from, as people know it. */
  publicKeyFile?: string;
  /** Without a key of one's own (keyless): whom the certificate must be for, exactly, such as a workflow's address. */
  certificateIdentity?: string;
  /** Who must have vouched for that identity: `https://token.actions.githubusercontent.com`. */
  certificateOidcIssuer?: string;
  /**
   * Roots of trust for certificates and logs, as JSON: a `trusted_root.json` of Sigstore's. By default that of Sigstore's public instance, which
   * is fetched at `up`.
   */
  trustedRoot?: string;
  /** Needs no signature; says why. */
  unsigned?: string;
}

/** The requirements for an image: those of the longest `images` that it lies in; empty where none is for it. */
export function requirementsFor(image: string, required: readonly RequiredSignature[]): RequiredSignature[] {
  const fitting = required.filter(({ images }) => isFromAllowed(image, [images]));
  const longest = Math.max(0, ...fitting.map(({ images }) => images.length));
  return fitting.filter(({ images }) => images.length === longest);
}

/** Who is to have signed, as a person names it. */
export function signerText({ publicKeyFile, certificateIdentity, certificateOidcIssuer }: RequiredSignature): string {
  if (certificateIdentity === undefined) return `the key ${publicKeyFile ?? "of the environment"}`;
  return `${certificateIdentity}, for whom ${certificateOidcIssuer} vouches`;
}
