import { rmSync, writeFileSync } from "node:fs";
import { copyImage, indexTypes, inTurn } from "@fairlead/images";
import { inspectImage } from "@fairlead/inspection";

import { expectEqual, report } from "../expectations";
import { builderName } from "../machine/buildkit";
import { run } from "../machine/run";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { registryClient } from "../registryAccess";
import { bad } from "./bad";
import { buildCorpus } from "./buildCorpus";
import { good } from "./good";
import { corpusContext } from "./parts";

const platforms = ["linux/amd64"];

/** Builds every image of the corpus for real and inspects what the registry then holds. */
export async function checkCorpus(host: string, env: NodeJS.ProcessEnv): Promise<void> {
  const context = await step("Programs for the corpus of images", () => corpusContext(env));
  await step(`BuildKit: ${bad.length} bad and ${good.length} good images`, () => buildCorpus([...bad, ...good], context, host, env));
  await pushNested(host);
  const inspected = await step("Inspection of each", async () => {
    const codes = new Map<string, string[]>();
    const twoAtATime = inTurn(2);
    await Promise.all(
      [...bad, ...good, { name: "good-nested" }].map(({ name }) =>
        twoAtATime(async () => codes.set(name, await codesOf(`${host}/corpus/${name}:1`))),
      ),
    );
    return codes;
  });
  const wrong = (names: string[], expected: (name: string) => string[]) =>
    names
      .filter((name) => inspected.get(name)!.join() !== expected(name).join())
      .map((name) => `${name}: ${inspected.get(name)!.join() || "nothing"}`);
  const codes = new Map(bad.map(({ name, code }) => [name, code!]));
  const classes = [...new Set(codes.values())].map((code) => `${code} ${bad.filter((image) => image.code === code).length}`);
  report(`bad images by class: ${classes.join(", ")}`);
  expectEqual(
    `each of ${bad.length} bad images is stopped, with the right class`,
    wrong([...codes.keys()], (name) => [codes.get(name)!]),
    [],
  );
  const names = [...good.map(({ name }) => name), "good-nested"];
  expectEqual(
    `none of ${names.length} good images is stopped`,
    wrong(names, () => []),
    [],
  );
  expectEqual("an image that lies about its platform is stopped", await codesOf(`${host}/corpus/lying:1`), ["FL2102", "FL2106"]);
  await checkFiles(context);
}

/** The same from files that BuildKit writes: what `docker save` writes, an OCI layout as a tar, and one as a folder. */
async function checkFiles(context: string): Promise<void> {
  const outputs = { "docker.tar": "type=docker", "oci.tar": "type=oci", oci: "type=oci,tar=false" };
  const images = [bad.find(({ name }) => name === "bad-arm64-program")!, good.find(({ name }) => name === "good-static")!];
  const found: string[] = [];
  for (const { name, dockerfile } of images) {
    const file = inSandbox("corpus.Dockerfile");
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
  const report = await inspectImage(image, { platforms, cache: false });
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
  const inner = await copy("corpus/good-both-platforms", "corpus/good-nested");
  await put("corpus/good-nested", [inner.descriptor]);
  const arm = await copy("corpus/bad-arm64-alone", "corpus/lying");
  await put("corpus/lying", [{ ...arm.descriptor, platform: { os: "linux", architecture: "amd64" } }]);
}
