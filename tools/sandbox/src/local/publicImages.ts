import { readFileSync, rmSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { BaseName } from "../corpus/baseName";
import { imagesOf, type CorpusImage, type Recipe } from "../corpus/corpusImage";
import { Assembly, type BuiltImage } from "../corpus/layouts";
import { trustedCertificates } from "../machine/certificate";
import { run } from "../machine/run";
import { inSandbox } from "../paths";

/** The names that images have in public, and what stands for them here: made of packages of Debian's, npm's and PyPI's. */
export const publicImages: Partial<Record<BaseName, readonly string[]>> = {
  node: ["public.ecr.aws/docker/library/node:22-bookworm-slim"],
  pause: ["public.ecr.aws/eks-distro/kubernetes/pause:3.10"],
  haproxy: ["public.ecr.aws/docker/library/haproxy:3.2"],
  "postgres-server": ["15", "16", "17"].map((version) => `public.ecr.aws/docker/library/postgres:${version}`),
  valkey: [
    ...["7", "7.0", "7.1", "7.4"].map((version) => `public.ecr.aws/docker/library/redis:${version}`),
    ...["7", "7.2", "8", "8.0", "8.1"].flatMap((version) => [`public.ecr.aws/valkey/valkey:${version}`, `valkey/valkey:${version}`]),
  ],
  moto: ["floci/floci:latest"],
  "aws-cli": ["public.ecr.aws/aws-cli/aws-cli:2"],
};

/** Makes the public images and hands them to an engine, which pulls none of them then. */
export async function loadPublicImages(env: NodeJS.ProcessEnv): Promise<void> {
  const folder = inSandbox("public-images");
  const assembly = new Assembly(folder, env, false);
  const archive = join(folder, "archive");
  mkdirSync(archive);
  const manifest = [];
  for (const image of stands()) manifest.push(addToArchive(archive, await assembly.build(image), publicImages[image.base] ?? []));
  writeFileSync(join(archive, "manifest.json"), JSON.stringify(manifest));
  // What several are built on is in it once, and is unpacked once.
  await run("sh", ["-c", 'tar -C "$0" -chf - . | docker load --quiet', archive], { env });
  rmSync(folder, { recursive: true, force: true });
}

function stands(): CorpusImage[] {
  const recipes = Object.fromEntries((Object.keys(publicImages) as BaseName[]).map((base): [string, Recipe] => [base, { base }]));
  const certificates = trustedCertificates();
  // What this machine trusts, its package registry's certificate too: a Dockerfile's `npm ci` asks it.
  if (certificates)
    Object.assign(recipes.node!, {
      files: { "etc/ssl/certs/ca-certificates.crt": readFileSync(certificates, "utf8") },
      Env: { NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt" },
    });
  return imagesOf("task setting", recipes);
}

/** As `docker save` writes it. */
function addToArchive(archive: string, { image, layers, config }: BuiltImage, RepoTags: readonly string[]): object {
  const names = layers.map(({ diffId, tar }) => {
    const name = `${diffId.replace("sha256:", "")}.tar`;
    rmSync(join(archive, name), { force: true });
    symlinkSync(tar, join(archive, name));
    return name;
  });
  const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
  const Config = `${image.name}.json`;
  writeFileSync(join(archive, Config), JSON.stringify({ os: "linux", architecture: "amd64", created: new Date(0), config, rootfs }));
  return { Config, RepoTags, Layers: names };
}
