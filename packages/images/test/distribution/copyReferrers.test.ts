import { copyReferrers } from "../../src/distribution/copyReferrers";
import type { RepositoryAddress } from "../../src/distribution/copyImage";
import { imageTypes, indexTypes, parseManifest, sha256, type Descriptor, type Manifest } from "../../src/distribution/manifest";

const image = `sha256:${"a".repeat(64)}`;
const tag = image.replace(":", "-");

/** A repository of manifests without parts. @param lists whether it tells what refers to a digest by itself, as ECR does */
class Repository {
  readonly manifests = new Map<string, Manifest>();

  constructor(private readonly lists: boolean) {}

  put(subject: string, reference?: string): Descriptor {
    const config = { mediaType: "x", digest: `sha256:${"c".repeat(64)}`, size: 2 };
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: imageTypes[0], config, layers: [], subject, reference }));
    const manifest = parseManifest(bytes, { where: "x" });
    for (const key of [manifest.digest, reference]) if (key) this.manifests.set(key, manifest);
    return { mediaType: imageTypes[0], digest: manifest.digest, size: bytes.length };
  }

  address(): RepositoryAddress {
    const { manifests, lists } = this;
    const referring = () =>
      [...manifests].filter(([key, { bytes }]) => key.startsWith("sha256:") && bytes.includes(`"subject":"${image}"`));
    const client = {
      host: "registry.test",
      manifest: (_: string, reference: string) => Promise.resolve(manifests.get(reference)),
      digestOf: (_: string, reference: string) => Promise.resolve(manifests.get(reference)?.digest),
      hasBlob: () => Promise.resolve(true),
      referrers: () =>
        Promise.resolve(
          lists
            ? referring().map(([digest, { bytes }]) => ({ mediaType: imageTypes[0], digest, size: bytes.length }))
            : (manifests.get(tag)?.manifests ?? []),
        ),
      putManifest: (_: string, reference: string, manifest: Manifest) => {
        manifests.set(reference, parseManifest(manifest.bytes, { where: "x" }));
        return Promise.resolve();
      },
    };
    return { client, repository: "api" } as unknown as RepositoryAddress;
  }
}

test.each([
  [true, true],
  [true, false],
])("what refers to an image comes along, where one registry lists it (%s) and the other (%s)", async (fromLists, toLists) => {
  const [from, to] = [new Repository(fromLists), new Repository(toLists)];
  const attached = from.put(image);
  await copyReferrers(from.address(), image, to.address());
  await copyReferrers(from.address(), image, to.address());
  expect([...to.manifests.keys()]).toEqual(toLists ? [attached.digest] : [attached.digest, tag]);
  expect(await to.address().client.referrers("api", image)).toEqual([attached]);
});

test("what is listed there already stays in the list", async () => {
  const [from, to] = [new Repository(true), new Repository(false)];
  from.put(image);
  const own = to.put(image, "own");
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexTypes[0], manifests: [own] }));
  await to.address().client.putManifest("api", tag, { bytes, mediaType: indexTypes[0], digest: sha256(bytes) });
  await copyReferrers(from.address(), image, to.address());
  expect((await to.address().client.referrers("api", image)).map(({ digest }) => digest)).toEqual([own.digest, expect.any(String)]);
});

test("tags of cosign's come along, and one that is there is not moved", async () => {
  const [from, to] = [new Repository(true), new Repository(true)];
  const signature = from.put("", `${tag}.sig`);
  from.put("", `${tag}.att`);
  const own = to.put("own", `${tag}.att`);
  await copyReferrers(from.address(), image, to.address());
  expect(to.manifests.get(`${tag}.sig`)!.digest).toBe(signature.digest);
  expect(to.manifests.get(`${tag}.att`)!.digest).toBe(own.digest);
});

test("an image without any is none the more", async () => {
  const to = new Repository(false);
  await copyReferrers(new Repository(false).address(), image, to.address());
  expect(to.manifests.size).toBe(0);
});
