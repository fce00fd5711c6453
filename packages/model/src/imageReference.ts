/** An image reference, taken apart as Docker does. */
export interface ImageReference {
  /** Host, and port where it is named: `public.ecr.aws`, `localhost:5000`. */
  registry: string;
  repository: string;
  tag?: string;
  digest?: string;
}

export const digestPattern = /^sha256:[0-9a-f]{64}$/;

const referencePattern = /^(?<name>[^@]+?)(?::(?<tag>[A-Za-z0-9_][\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/**
 * Takes a reference apart; undefined if it is none. A name without a host is Docker Hub's, and one without a folder is in its `library/`.
 *
 * @see https://github.com/distribution/reference
 */
export function parseReference(text: string): ImageReference | undefined {
  const { name, tag, digest } = referencePattern.exec(text)?.groups ?? {};
  if (!name) return undefined;
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const registry = hasHost ? first : "docker.io";
  const path = hasHost ? name.slice(slash + 1) : name;
  const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  return repositoryPattern.test(repository) ? { registry, repository, tag, digest } : undefined;
}

/** `registry/repository@sha256:…` */
export function pinned({ registry, repository }: ImageReference, digest: string): string {
  return `${registry}/${repository}@${digest}`;
}
