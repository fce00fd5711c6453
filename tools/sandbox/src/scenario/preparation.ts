import { randomBytes } from "node:crypto";
import { copyImage } from "@fairlead/images";

import { commit, inProject } from "../checkout";
import { edit } from "../edit";
import { buildImages } from "../formats/buildImages";
import { formatsContext, readable } from "../formats/formatImages";
import { registryClient } from "../registryAccess";

/** A secret that web's build gets, planted to be looked for. */
export const buildSecret = { id: "planted", variable: "SANDBOX_PLANTED_SECRET" };

/** An image of somebody else's, named by a tag. */
export interface Sidecar {
  /** Lets the tag mean another image, as a registry that is not immutable allows. */
  moveTag(): Promise<void>;
}

/** Gives web what the examples have not: a sidecar by a tag, and a secret for its build. */
export async function prepareWeb(checkout: string, host: string): Promise<Sidecar> {
  process.env[buildSecret.variable] = randomBytes(24).toString("hex");
  const sidecar = `sidecars:\n  proxy:\n    image: ${host}/formats/sidecar:1.0.0\n    command: [/bin/busybox, sleep, "9"]\n    essential: false\n`;
  edit(
    inProject(checkout, "apps/web/service.yaml"),
    (text) => `${text}${sidecar}build:\n  secrets:\n    ${buildSecret.id}: ${buildSecret.variable}\n`,
  );
  const base = "public.ecr.aws/docker/library/node:22-bookworm-slim";
  const stage = `FROM --platform=$BUILDPLATFORM ${base} AS private\nRUN --mount=type=secret,id=${buildSecret.id},required=true test $(wc -c < /run/secrets/${buildSecret.id}) -eq 48 && touch /fetched\n`;
  const copied = (text: string) => text.replace("WORKDIR /app\n", "WORKDIR /app\nCOPY --from=private /fetched ./\n");
  edit(inProject(checkout, "apps/web/Dockerfile"), (text) => `${stage}${copied(text)}`);
  await commit(checkout, "web: a sidecar, and a secret for the build");
  const [first, second] = ["static", "shell-of-links"] as const;
  const images = readable.filter(({ name }) => name === first || name === second);
  await buildImages(images, await formatsContext(process.env), host, process.env);
  await tagSidecar(host, first);
  return { moveTag: () => tagSidecar(host, second) };
}

async function tagSidecar(host: string, name: string): Promise<void> {
  const client = registryClient(host);
  const from = { client, repository: `formats/${name}` };
  const manifest = (await client.manifest(from.repository, "1"))!;
  await copyImage(from, manifest.digest, { client, repository: "formats/sidecar" }, []);
  await client.putManifest("formats/sidecar", "1.0.0", manifest);
}
