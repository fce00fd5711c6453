import { rmSync, writeFileSync } from "node:fs";
import { copyImage, indexTypes, inTurn } from "@fairlead/images";
import { inspectImage } from "@fairlead/inspection";

import { expectEqual } from "../expectations";
import { builderName } from "../machine/buildkit";
import { run } from "../machine/run";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { registryClient } from "../registryAccess";
import { buildImages } from "./buildImages";
import { formatsContext, ofAnotherMachine, readable, withoutPlatform } from "./formatImages";

/** Has BuildKit write images in each of its formats, and inspects what the registry then holds. */
export async function checkFormats(host: string, env: NodeJS.ProcessEnv): Promise<void> {
  const context = await step("Programs for images of every format", () => formatsContext(env));
  const images = [...withoutPlatform, ...readable, ofAnotherMachine];
  await step(`BuildKit: ${images.length} images`, () => buildImages(images, context, host, env));
  await pushNested(host);
  const names = [...images.map(({ name }) => name), "nested", "lying"];
  const found = await step("Inspection of each", async () => {
    const twoAtATime = inTurn(2);
    const codes = await Promise.all(names.map((name) => twoAtATime(() => codesOf(`${host}/formats/${name}:1`))));
    return Object.fromEntries(names.map((name, index) => [name, codes[index]!]));
  });
  const expected = {
    ...Object.fromEntries(readable.map(({ name }) => [name, []])),
    ...Object.fromEntries(withoutPlatform.map(({ name, code }) => [name, [code]])),
    [ofAnotherMachine.name]: ["FL2106"],
    nested: [],
    lying: ["FL2102", "FL2106"],
  };
  expectEqual(`${names.length} images that BuildKit and others write are read in every format`, found, expected);
  await checkFiles(context);
}

/** The same from files that BuildKit writes: what `docker save` writes, an OCI layout as a tar, and one as a folder. */
async function checkFiles(context: string): Promise<void> {
  const outputs = { "docker.tar": "type=docker", "oci.tar": "type=oci", oci: "type=oci,tar=false" };
  const found: string[] = [];
  for (const { name, dockerfile } of [ofAnotherMachine, readable[0]!]) {
    const file = inSandbox("formats.Dockerfile");
    writeFileSync(file, `${dockerfile.join("\n")}\n`);
    for (const [suffix, type] of Object.entries(outputs)) {
      const target = inSandbox(`${name}.${suffix}`);
      rmSync(target, { recursive: true, force: true });
      const options = ["--platform", "linux/amd64", "--provenance=false", "--file", file, "--output", `${type},dest=${target}`];
      await run("buildx", ["build", "--builder", builderName, ...options, context]);
      found.push((await codesOf(target)).join() || "nothing");
    }
  }
  const expected = ["FL2106", "FL2106", "FL2106", "nothing", "nothing", "nothing"];
  expectEqual("docker save files and OCI layouts, as tar and as folder, are judged alike", found, expected);
}

async function codesOf(image: string): Promise<string[]> {
  const report = await inspectImage(image, { platforms: ["linux/amd64"], cache: false });
  return report.platforms.flatMap(({ findings }) => findings.map(({ code }) => code)).sort();
}

/** What BuildKit does not write: an index in an index, and one that says another platform than its image. */
async function pushNested(host: string): Promise<void> {
  const client = registryClient(host);
  const [mediaType] = indexTypes;
  const put = async (repository: string, manifests: object[]) => {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
    await client.putManifest(repository, "1", { digest: "", mediaType, bytes });
  };
  const describe = async (repository: string) => {
    const manifest = (await client.manifest(repository, "1"))!;
    return { manifest, descriptor: { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length } };
  };
  const copy = async (from: string, to: string) => {
    const described = await describe(from);
    await copyImage({ client, repository: from }, described.manifest.digest, { client, repository: to }, []);
    return described;
  };
  const inner = await copy("formats/both-platforms", "formats/nested");
  await put("formats/nested", [inner.descriptor]);
  const arm = await copy("formats/arm64-alone", "formats/lying");
  await put("formats/lying", [{ ...arm.descriptor, platform: { os: "linux", architecture: "amd64" } }]);
}
