import { bytesOf, dockerArchive, json, type ImageSource, type Manifest } from "@fairlead/images";

import { NotTried, type Engine } from "./engine";

/** An image that an engine has. */
export interface ImageInEngine {
  /** What the engine knows it by. */
  name: string;
  /** Whether it is there for this run alone. */
  wasLoaded: boolean;
  environment: string[];
  volumes: string[];
}

/** More than any image's config has. */
const configLimit = 4 * 1024 * 1024;

/**
 * Gives an engine the image that was inspected, by its bytes: whatever its registry, login or name, and over no tag of the user's. Where the engine has it
 * already, nothing is sent.
 *
 * @param digest of the platform's own manifest
 * @param name what it is called meanwhile: `repository:tag`
 */
export async function imageInEngine(engine: Engine, source: ImageSource, digest: string, name: string): Promise<ImageInEngine> {
  const root = await source.root();
  const manifest = root.digest === digest ? root : await source.manifest({ digest, size: 0 });
  const known = await configOf(source, manifest);
  // Docker's own store names images by the digest of their configs; where another one does not, it is sent.
  const { status } = await engine.call(["image", "inspect", "--format", "{{.Id}}", manifest.config!.digest], { timeoutSeconds: 60 });
  if (status === 0) return { ...known, name: manifest.config!.digest, wasLoaded: false };
  await engine.must("the engine does not load the image", ["load", "--quiet"], { input: dockerArchive(source, manifest, name) });
  return { ...known, name, wasLoaded: true };
}

async function configOf(source: ImageSource, { config }: Manifest): Promise<Pick<ImageInEngine, "environment" | "volumes">> {
  const bytes = await bytesOf(await source.blob(config!), configLimit);
  if (!bytes) throw new NotTried(`the config of ${source.name} has more than ${configLimit} bytes`);
  const { Env, Volumes } = ((json(bytes, source.name) as { config?: unknown } | null)?.config ?? {}) as {
    Env?: unknown;
    Volumes?: unknown;
  };
  return {
    environment: Array.isArray(Env) ? Env.filter((variable) => typeof variable === "string") : [],
    volumes: Object.keys(Volumes ?? {}),
  };
}
