import { readFileSync } from "node:fs";
import { join } from "node:path";

import { admit, type Attestation } from "../src";
import { imageContent, putBlob, putIndex, putManifest, TestRegistry, type RepositoryContent } from "../testing/testRegistry";

const built = JSON.parse(readFileSync(join(__dirname, "fixtures/buildkit.json"), "utf8")) as Record<string, RepositoryContent>;

const registry = new TestRegistry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

async function missing(content: RepositoryContent, platform = "linux/arm64", requiredAttestations: Attestation[] = ["sbom", "provenance"]) {
  const image = registry.put("shop/api", content);
  const found = await admit({ service: "api", platform, images: { api: image } }, { requiredAttestations });
  return found.map(({ code, problem }) => `${code} ${problem}`);
}
const sbom = "FL2164 it has no SBOM (SPDX or CycloneDX)";
const provenance = "FL2164 it has no provenance (SLSA)";

describe("what BuildKit puts into an index", () => {
  test.each(["linux/arm64", "linux/amd64"])("counts for %s", async (platform) => {
    expect(await missing(built.built!, platform)).toEqual([]);
    expect(await missing(built.provenance!, platform)).toEqual([sbom]);
  });

  test("does not count for a platform that the index has not", async () => {
    expect(await missing(built.built!, "linux/s390x")).toEqual([sbom, provenance]);
  });

  test("is not there in an index without", async () => expect(await missing(imageContent("x"))).toEqual([sbom, provenance]));
});

/** An image with a statement of our own in its index. */
function withStatement(
  statement: (platformDigest: string) => unknown,
  about = (platformDigest: string) => platformDigest,
): RepositoryContent {
  const content = imageContent("x");
  const { manifests } = JSON.parse(content.manifests[content.digest]!) as { manifests: { digest: string; platform: object }[] };
  const arm = manifests[1]!.digest;
  const layer = putBlob(content, JSON.stringify(statement(arm)), "application/vnd.in-toto+json");
  const attestation = {
    ...putManifest(content, { config: putBlob(content, "{}"), layers: [layer] }),
    annotations: { "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": about(arm) },
    platform: { os: "unknown", architecture: "unknown" },
  };
  content.digest = putIndex(content, [...manifests, attestation]).digest;
  return content;
}
const document = { predicateType: "https://spdx.dev/Document", predicate: { spdxVersion: "SPDX-2.3" } };
const about = (digest: string) => [{ name: "x", digest: { sha256: digest.replace("sha256:", "") } }];

test.each<[string, (digest: string) => unknown]>([
  ["SPDX of another version", (digest) => ({ ...document, predicateType: "https://spdx.dev/Document/v2.3", subject: about(digest) })],
  [
    "CycloneDX",
    (digest) => ({ predicateType: "https://cyclonedx.org/bom/v1.6", predicate: { bomFormat: "CycloneDX" }, subject: about(digest) }),
  ],
])("%s is a list of what is in an image", async (_, statement) => {
  expect(await missing(withStatement(statement), "linux/arm64", ["sbom"])).toEqual([]);
});

test.each<[string, (digest: string) => unknown]>([
  ["about another image", () => ({ ...document, subject: about("sha256:" + "a".repeat(64)) })],
  ["about nothing", () => ({ ...document, subject: [] })],
  ["without a subject", () => document],
  ["that says nothing", (digest) => ({ ...document, predicate: {}, subject: about(digest) })],
  ["without a predicate", (digest) => ({ ...document, predicate: null, subject: about(digest) })],
  ["of a type that only looks like it", (digest) => ({ ...document, predicateType: "https://spdx.dev/Documents", subject: about(digest) })],
  ["that is null", () => null],
  ["that is a number", () => 1],
  ["with a subject of a wrong type", () => ({ ...document, subject: [null, 1, { digest: 1 }] })],
])("a statement %s does not count", async (_, statement) => {
  expect(await missing(withStatement(statement), "linux/arm64", ["sbom"])).toEqual([sbom]);
});

test("a manifest that is said to be about another image is not even read", async () => {
  registry.asked.length = 0;
  const content = withStatement(
    (digest) => ({ ...document, subject: about(digest) }),
    () => "sha256:" + "b".repeat(64),
  );
  expect(await missing(content, "linux/arm64", ["sbom"])).toEqual([sbom]);
  expect(registry.asked.filter((each) => each.includes("/manifests/"))).toHaveLength(1);
});
