import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { admit, formatAdmission, type ImageAdmission, type RequiredSignature } from "../src";
import { imageContent, putBlob, putIndex, putManifest, TestRegistry, type RepositoryContent } from "../testing/testRegistry";

const fixture = JSON.parse(readFileSync(join(__dirname, "fixtures/cosign.json"), "utf8")) as {
  keys: Record<string, string>;
  repositories: Record<string, RepositoryContent>;
};
const copyOf = (name: string) => JSON.parse(JSON.stringify(fixture.repositories[name])) as RepositoryContent;

const registry = new TestRegistry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());
beforeEach(() => {
  registry.listsReferrers = false;
  registry.asked.length = 0;
});

const by = (publicKey: string, images = registry.host): RequiredSignature => ({ images, publicKey, publicKeyFile: "images.pub" });
async function problems(content: RepositoryContent, requiredSignatures: RequiredSignature[], more: ImageAdmission = {}): Promise<string[]> {
  const image = registry.put("shop/api", content);
  const found = await admit({ service: "api", platform: "linux/arm64", images: { api: image } }, { requiredSignatures, ...more });
  return found.map(({ code, problem }) => `${code} ${problem}`);
}

describe.each([false, true])("what cosign signed, with a registry that lists referrers: %s", (listsReferrers) => {
  beforeEach(() => (registry.listsReferrers = listsReferrers));

  test.each(["tagged", "referring", "bundled", "rotated", "attested", "attestedbundle"])(
    "%s passes with its key, and not with another",
    async (name) => {
      expect(await problems(copyOf(name), [by(fixture.keys.a!)])).toEqual([]);
      expect(await problems(copyOf(name), [by(fixture.keys.p384!)])).toEqual([
        expect.stringMatching(/^FL2161 .*another key signed it, or it was changed since/),
      ]);
    },
  );

  test.each(["p384", "rsa"])("a key of the type %s", async (name) => {
    expect(await problems(copyOf(name), [by(fixture.keys[name]!)])).toEqual([]);
  });

  test.each(["attested", "attestedbundle"])("attestations of %s count for whoever signed them, and for nobody else", async (name) => {
    const requiredAttestations = ["sbom", "provenance"] as const;
    expect(await problems(copyOf(name), [by(fixture.keys.a!)], { requiredAttestations })).toEqual([]);
    const others = await problems(copyOf(name), [by(fixture.keys.b!)], { requiredAttestations });
    expect(others.map((problem) => problem.slice(0, 6))).toEqual(["FL2161", "FL2164", "FL2164"]);
    const unsigned = [{ images: registry.host, unsigned: "nobody signs these" }];
    expect(await problems(copyOf(name), unsigned, { requiredAttestations })).toHaveLength(2);
  });
});

describe("who must have signed", () => {
  const { a, b } = fixture.keys as { a: string; b: string };

  test("is one of several with the same images, as while a key is replaced by another", async () => {
    expect(await problems(copyOf("tagged"), [by(b), by(a)])).toEqual([]);
    expect(await problems(copyOf("rotated"), [by(b)])).toEqual([]);
  });

  test("is said by the longest images that fit", async () => {
    const shop = `${registry.host}/shop`;
    expect(await problems(copyOf("tagged"), [by(a), by(b, shop)])).toEqual([expect.stringMatching(/^FL2161/)]);
    expect(await problems(copyOf("tagged"), [by(b), by(a, shop)])).toEqual([]);
  });

  test("is nobody where a reason says why, and the registry isn't asked", async () => {
    expect(await problems(imageContent("x"), [{ images: registry.host, unsigned: "built here" }])).toEqual([]);
    expect(registry.asked).toEqual([]);
  });

  test("must be said of each image", async () => {
    expect(await problems(copyOf("tagged"), [by(a, "public.ecr.aws")])).toEqual([
      expect.stringMatching(/^FL2162 nothing says who must have signed/),
    ]);
  });
});

test("an image without a signature is told with the container, the signer and what to do", async () => {
  const image = registry.put("shop/api", imageContent("x"));
  const found = await admit(
    { service: "api", platform: "linux/arm64", images: { proxy: image } },
    { requiredSignatures: [by(fixture.keys.a!)] },
  );
  expect(formatAdmission(found)[0]).toMatch(
    /^FL2161 {2}api {2}proxy\n {2}no signature is attached to it [^]*expected: a signature by the key images\.pub [^]*fix: .*cosign sign --key <private key> 127\.0\.0\.1:/,
  );
});

/** Signs as cosign did before bundles, with a payload of our own. */
function attach(content: RepositoryContent, key: KeyObject, payload: string, { mediaType = simple, signed = payload } = {}) {
  const signature = sign("sha256", Buffer.from(signed), key).toString("base64");
  const layer = { ...putBlob(content, payload, mediaType), annotations: { "dev.cosignproject.cosign/signature": signature } };
  putManifest(content, { config: putBlob(content, "{}"), layers: [layer] }, `${content.digest.replace(":", "-")}.sig`);
}
const simple = "application/vnd.dev.cosign.simplesigning.v1+json";
const payloadFor = (digest: unknown, type = "cosign container image signature") =>
  JSON.stringify({
    critical: { identity: { "docker-reference": "x" }, image: { "docker-manifest-digest": digest }, type },
    optional: null,
  });

describe("what was tampered with", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const required = () => [by(publicKey.export({ type: "spki", format: "pem" }) as string)];
  const content = imageContent("victim");
  const other = imageContent("other");

  test.each([
    ["the signature of another image, under this one's tag", payloadFor(other.digest), {}, /it is about another image: [0-9a-f]{64}/],
    [
      "a payload that was changed",
      payloadFor(content.digest),
      { signed: payloadFor(other.digest) },
      /another key signed it, or it was changed since/,
    ],
    ["a signature of something else", payloadFor(content.digest, "a file"), {}, /it is no signature of a container image/],
    ["a digest that is none", payloadFor({ toString: "x" }), {}, /it is about another image: none/],
    ["a payload that is no JSON", "{", {}, /it is not JSON/],
    ["null", "null", {}, /it is no signature of a container image/],
    ["another media type", payloadFor(content.digest), { mediaType: "text/plain" }, /no signature is attached to it/],
    ["a bundle that is none", "[]", { mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" }, /invalid bundle/],
    [
      "a bundle as deep as it is long",
      "[".repeat(100_000) + "]".repeat(100_000),
      { mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" },
      /invalid bundle/,
    ],
  ])("%s does not count", async (_, payload, options, expected) => {
    const copy = JSON.parse(JSON.stringify(content)) as RepositoryContent;
    attach(copy, privateKey, payload, options);
    expect(await problems(copy, required())).toEqual([expect.stringMatching(expected)]);
  });

  test("the same with nothing changed does", async () => {
    const copy = JSON.parse(JSON.stringify(content)) as RepositoryContent;
    attach(copy, privateKey, payloadFor(content.digest));
    expect(await problems(copy, required())).toEqual([]);
  });

  test("a real bundle of another image, attached to this one, does not", async () => {
    const copy = copyOf("bundled");
    const stranger = imageContent("stranger");
    Object.assign(copy.manifests, stranger.manifests);
    copy.manifests[stranger.digest.replace(":", "-")] = copy.manifests[copy.digest.replace(":", "-")]!;
    copy.digest = stranger.digest;
    expect(await problems(copy, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/it is about another image/)]);
  });

  test("an attestation is no signature of the image", async () => {
    const copy = copyOf("attestedbundle");
    const tag = copy.digest.replace(":", "-");
    const { manifests } = JSON.parse(copy.manifests[tag]!) as { manifests: { digest: string }[] };
    const attestations = manifests.filter(({ digest }) => !copy.manifests[digest]!.includes("cosign/sign"));
    putIndex(copy, attestations, tag);
    expect(attestations).toHaveLength(2);
    expect(await problems(copy, [by(fixture.keys.a!)])).toEqual(["FL2161 no signature is attached to it"]);
  });

  test("a blob with other bytes than its digest says ends it, as does a manifest", async () => {
    const copy = copyOf("bundled");
    for (const [digest, text] of Object.entries(copy.blobs))
      if (text.includes("dsseEnvelope")) copy.blobs[digest] = text.replace("MEUC", "MEUD").replace("hint", "hynt");
    expect(await problems(copy, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/^FL2114 what is attached/)]);
  });
});

describe("more than is ever attached", () => {
  test("parts without end end it", async () => {
    const content = imageContent("x");
    const layer = { ...putBlob(content, "{}", simple), annotations: {} };
    putManifest(content, { config: putBlob(content, "{}"), layers: Array(101).fill(layer) }, `${content.digest.replace(":", "-")}.sig`);
    expect(await problems(content, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/^FL2115 more is attached to/)]);
  });

  test("nor do manifests, and what cosign doesn't make is passed over", async () => {
    const content = imageContent("x");
    const tag = content.digest.replace(":", "-");
    const one = putManifest(content, { config: putBlob(content, "{}"), layers: [] });
    putIndex(content, Array(101).fill(one), tag);
    expect(await problems(content, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/^FL2115 .*101 manifests/)]);
    const artifact = { mediaType: "application/vnd.oci.artifact.manifest.v1+json", digest: `sha256:${"b".repeat(64)}`, size: 1 };
    putIndex(content, Array(101).fill(artifact), tag);
    expect(await problems(content, [by(fixture.keys.a!)])).toEqual(["FL2161 no signature is attached to it"]);
  });

  test("what says that it is large is not asked for", async () => {
    const content = imageContent("x");
    const layer = { mediaType: simple, digest: `sha256:${"a".repeat(64)}`, size: 17 * 1024 ** 2, annotations: { a: 1 } };
    putManifest(content, { config: putBlob(content, "{}"), layers: [layer] }, `${content.digest.replace(":", "-")}.sig`);
    expect(await problems(content, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/^FL2115/)]);
    expect(registry.asked.filter((each) => each.includes("/blobs/"))).toEqual([]);
  });

  test("what is larger than it says is not read to its end", async () => {
    const content = imageContent("x");
    const blob = putBlob(content, "x".repeat(1000), simple);
    putManifest(
      content,
      { config: putBlob(content, "{}"), layers: [{ ...blob, size: 10, annotations: null }] },
      `${content.digest.replace(":", "-")}.sig`,
    );
    expect(await problems(content, [by(fixture.keys.a!)])).toEqual([expect.stringMatching(/^FL2114/)]);
  });
});
