import { readFileSync } from "node:fs";
import { ImageError, RegistryClient, RegistrySource, type Login } from "@fairlead/images";
import { platformsOf } from "@fairlead/inspection";
import { parseReference } from "@fairlead/model";

/** The login of the sandbox's registries, which changes as ECR's does. */
export function registryLogin(environment = process.env): Login {
  return { username: "AWS", password: readFileSync(environment.FAIRLEAD_SANDBOX_PASSWORD_FILE!, "utf8") };
}

/** One of the sandbox's registries. */
export function registryClient(host: string, environment = process.env): RegistryClient {
  return new RegistryClient(host, { login: registryLogin(environment) });
}

/** Platforms of `host/repository@digest`; undefined if it is not pinned, or the registry does not have it. */
export async function platformsInRegistry(reference: string): Promise<string[] | undefined> {
  if (!parseReference(reference)?.digest) return undefined;
  try {
    return await platformsOf(new RegistrySource(reference, { login: registryLogin() }));
  } catch (error) {
    if (error instanceof ImageError) return undefined;
    throw error;
  }
}

/** Digests of all that is tagged in a repository. */
export async function taggedDigests(client: RegistryClient, repository: string): Promise<string[]> {
  const tags = await client.tags(repository);
  const digests = await Promise.all(tags.map((tag) => client.digestOf(repository, tag)));
  return [...new Set(digests.flatMap((digest) => digest ?? []))];
}
