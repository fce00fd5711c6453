import { readFileSync } from "node:fs";
import { join } from "node:path";

import { admit, type RequiredSignature } from "../src";
import { checkBounds } from "../src/signatures/bundleBounds";
import { putBlob, putIndex, putManifest, TestRegistry, type RepositoryContent } from "../testing/testRegistry";

interface Fixture {
  identity: string;
  issuer: string;
  trustedRoot: { tlogs: object[]; ctlogs: object[] };
  otherRoot: object;
  repositories: Record<string, RepositoryContent>;
}
const fixture = JSON.parse(readFileSync(join(__dirname, "fixtures/keyless.json"), "utf8")) as Fixture;
const copyOf = (name: string) => JSON.parse(JSON.stringify(fixture.repositories[name])) as RepositoryContent;

const registry = new TestRegistry();
beforeAll(() => registry.start());
afterAll(() => registry.stop());

const required = (change: Partial<RequiredSignature> = {}): RequiredSignature => ({
  images: registry.host,
  certificateIdentity: fixture.identity,
  certificateOidcIssuer: fixture.issuer,
  trustedRoot: JSON.stringify(fixture.trustedRoot),
  ...change,
});
async function problems(content: RepositoryContent, change: Partial<RequiredSignature> = {}): Promise<string[]> {
  const image = registry.put("acme/agent", content);
  const found = await admit(
    { service: "api", platform: "linux/arm64", images: { api: image } },
    { requiredSignatures: [required(change)] },
  );
  return found.map(({ code, problem }) => `${code} ${problem}`);
}

describe.each(["tagged", "bundled"])("a certificate's signature, %s", (name) => {
  test("counts, by roots of our own, for exactly that identity and issuer", async () => {
    expect(await problems(copyOf(name))).toEqual([]);
  });

  test.each<[string, Partial<RequiredSignature>, RegExp]>([
    [
      "another identity",
      { certificateIdentity: "https://github.com/acme/other" },
      /it was signed by https:\/\/github\.com\/acme\/agent.*, for whom https:\/\/token/,
    ],
    ["an identity that fits as a pattern", { certificateIdentity: "https://github.com/acme/.*" }, /it was signed by/],
    ["a part of the identity", { certificateIdentity: "https://github.com/acme/agent" }, /it was signed by/],
    ["another issuer", { certificateOidcIssuer: "https://accounts.google.com" }, /it was signed by/],
    ["another authority", { trustedRoot: JSON.stringify(fixture.otherRoot) }, /Failed to verify certificate chain/],
    [
      "a log that nobody knows",
      { trustedRoot: JSON.stringify({ ...fixture.trustedRoot, tlogs: [] }) },
      /inclusion promise could not be verified|invalid checkpoint/,
    ],
    [
      "a log of certificates, without whose word",
      { trustedRoot: JSON.stringify({ ...fixture.trustedRoot, ctlogs: fixture.trustedRoot.tlogs }) },
      /expected 1 SCTs, got 0/,
    ],
  ])("does not for %s", async (_, change, expected) => {
    expect(await problems(copyOf(name), change)).toEqual([expect.stringMatching(expected)]);
  });

  test("is none of a key", async () => {
    const key = {
      publicKey:
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjN4YPgXOKyz3zMg1tUkPUxRlCZUL\nHVc9qqe4OjVi1FBZ15ZJPlTtTMhrhjm4Ul2ZCFPYpBvebYTHnS8BMdru1A==\n-----END PUBLIC KEY-----",
    };
    expect(await problems(copyOf(name), key)).toEqual([expect.stringMatching(/another key signed it/)]);
  });
});

test("a signature after the certificate's end does not count", async () => {
  expect(await problems(copyOf("late"))).toEqual([expect.stringMatching(/certificate|valid/)]);
});

test("without its entry in the log it does not count", async () => {
  const content = copyOf("tagged");
  const tag = `${content.digest.replace(":", "-")}.sig`;
  const { config, layers } = JSON.parse(content.manifests[tag]!) as { config: object; layers: { annotations: Record<string, string> }[] };
  delete layers[0]!.annotations["dev.sigstore.cosign/bundle"];
  putManifest(content, { config, layers }, tag);
  expect(await problems(content)).toEqual([expect.stringMatching(/expected 1 timestamps, got 0/)]);
});

test("roots that can't be read are told, and nothing is believed", async () => {
  expect(await problems(copyOf("tagged"), { trustedRoot: "{" })).toEqual([
    expect.stringMatching(/^FL2163 the roots of trust that the environment names can't be read/),
  ]);
});

describe("a bundle that would keep its verification busy", () => {
  /** The real one, with its bundle changed. */
  function changed(
    change: (material: { tlogEntries: { inclusionProof: { checkpoint: { envelope: string } } }[] }) => void,
  ): RepositoryContent {
    const content = copyOf("bundled");
    const [digest, text] = Object.entries(content.blobs).find(([, each]) => each.includes("dsseEnvelope"))!;
    delete content.blobs[digest];
    const bundle = JSON.parse(text) as { verificationMaterial: Parameters<typeof change>[0] };
    change(bundle.verificationMaterial);
    const layer = putBlob(content, JSON.stringify(bundle), "application/vnd.dev.sigstore.bundle.v0.3+json");
    const manifest = putManifest(content, { config: putBlob(content, "{}"), layers: [layer] });
    putIndex(content, [manifest], content.digest.replace(":", "-"));
    return content;
  }

  test("is not verified: a regular expression as a log's name", async () => {
    const content = changed(({ tlogEntries: [entry] }) => {
      const { checkpoint } = entry!.inclusionProof;
      checkpoint.envelope = checkpoint.envelope.replace("\u2014 rekor.example.com", "\u2014 (((.*)*)*)*\u0000");
    });
    expect(await problems(content)).toEqual([expect.stringMatching(/a log's checkpoint in it has no name of a log/)]);
  });

  test("is not verified: one entry a thousand times", async () => {
    const content = changed(
      (material) => (material.tlogEntries = Array(1000).fill(material.tlogEntries[0]) as typeof material.tlogEntries),
    );
    expect(await problems(content)).toEqual([expect.stringMatching(/it has 1000 certificates, log entries or time stamps/)]);
  });

  test("is not verified: a certificate of a hundred thousand bytes", () => {
    const content = { $case: "certificate", certificate: { rawBytes: Buffer.alloc(100_000) } };
    const bundle = { verificationMaterial: { content, tlogEntries: [], timestampVerificationData: undefined } };
    expect(() => checkBounds(bundle as unknown as Parameters<typeof checkBounds>[0])).toThrow(/too large/);
  });
});
