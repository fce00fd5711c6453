import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import { compositionFile, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

const sidecar = "public.ecr.aws/nginx/nginx:1.29";
let project: ProjectFolder;
beforeAll(() => {
  project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 3000", "sidecars:", "  proxy:", `    image: ${sidecar}`),
    ...service("traced", "kind: worker", "tracing: OTEL"),
  });
});
afterAll(() => project.remove());

const inspections = async (config: Record<string, string>) =>
  ofType(await planOf(project, config), "pulumi-nodejs:dynamic/fairlead:ImageInspection").map(({ inputs }) => inputs);
const allowed = (...entries: string[]) => ({ allowedRegistries: JSON.stringify(entries) });

test("where nothing is required, inspections have no word of it", async () => {
  const inputs = await inspections({});
  expect(inputs).toHaveLength(2);
  for (const each of inputs) expect(each).not.toHaveProperty("admission");
});

test("registries are handed to each inspection, with the service's own repository", async () => {
  const api = (await inspections(allowed("public.ecr.aws"))).find(({ service: name }) => name === "api");
  expect(api!.admission).toEqual({
    allowedRegistries: ["public.ecr.aws", { $output: expect.stringMatching(/Repository::api#repositoryUrl$/) as string }],
  });
});

test("a sidecar from elsewhere is refused before the first resource, at its place in the manifest", async () => {
  const told = await refusalOf(planOf(project, allowed("public.ecr.aws/aws-observability", "quay.io")));
  expect(told).toMatch(/apps\/api\/service\.yaml:5:12 {2}FL2160 {2}sidecars\.proxy\.image is "public\.ecr\.aws\/nginx\/nginx:1\.29"/);
  expect(told).toContain("expected: an image of public.ecr.aws/aws-observability, quay.io (fairlead:allowedRegistries)");
  expect(told).toContain("fix: Take the image from one of them");
});

test("so is one that a feature brings along", async () => {
  const told = await refusalOf(planOf(project, allowed("public.ecr.aws/nginx")));
  expect(told).toMatch(/containers\.aws-otel-collector\.image: FL2160 "public\.ecr\.aws\/aws-observability\/aws-otel-collector:/);
});

test("an empty list lets the service's own repository alone", async () => {
  expect(await refusalOf(planOf(project, allowed()))).toMatch(/FL2160[^]*expected: an image of no registry but the service's own/);
});

test.each([["public.ecr.aws/*"], ["https://public.ecr.aws"], ["nginx"], ["public.ecr.aws/"], ["public.ecr.aws/Docker"], ["a..b"]])(
  "%s names no registry, and is told where it stands",
  async (entry) => {
    project.write({ "stacks/Pulumi.dev.yaml": `config:\n  shop:allowedRegistries:\n    - quay.io\n    - ${JSON.stringify(entry)}\n` });
    const told = await refusalOf(planOf(project, allowed("quay.io", entry)));
    expect(told).toMatch(/stacks\/Pulumi\.dev\.yaml:4:7 {2}FL2407 {2}shop:allowedRegistries has /);
    expect(told).toContain(`has ${JSON.stringify(entry)}`);
  },
);

describe("signatures", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = publicKey.export({ type: "spki", format: "pem" }) as string;
  const trustedRoot = { mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1", certificateAuthorities: [] };
  const keyless = {
    certificateIdentity: "https://github.com/acme/x",
    certificateOidcIssuer: "https://token.actions.githubusercontent.com",
  };
  beforeAll(() => {
    project.write({
      "stacks/images.pub": key,
      "stacks/images.key": privateKey.export({ type: "pkcs8", format: "pem" }) as string,
      "stacks/edwards.pub": generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }) as string,
      "stacks/root.json": JSON.stringify(trustedRoot, null, 2),
    });
  });
  const required = (...entries: unknown[]) => ({ requiredSignatures: JSON.stringify(entries) });

  test("are handed to the inspections with the key and the roots of trust themselves, so that another one is looked at again", async () => {
    const [{ admission }] = (await inspections(
      required(
        { images: "public.ecr.aws", publicKeyFile: "images.pub" },
        { images: "quay.io", ...keyless, trustedRootFile: "root.json" },
        { images: "docker.io", unsigned: "nobody signs these" },
      ),
    )) as [{ admission: object }];
    expect(admission).toEqual({
      requiredSignatures: [
        { images: "public.ecr.aws", publicKeyFile: "images.pub", publicKey: key.trim() },
        { images: "quay.io", ...keyless, trustedRoot: JSON.stringify(trustedRoot) },
        { images: "docker.io", unsigned: "nobody signs these" },
      ],
    });
  });

  test.each([
    ["no image", { publicKeyFile: "images.pub" }, /has images undefined[^]*Say which images/],
    ["nobody", { images: "quay.io" }, /has an entry with nobody who must have signed/],
    ["two ways", { images: "quay.io", publicKeyFile: "images.pub", unsigned: "x" }, /has an entry with several ways at once/],
    [
      "an identity without an issuer",
      { images: "quay.io", certificateIdentity: "x" },
      /one of certificateIdentity and certificateOidcIssuer/,
    ],
    [
      "roots for a key",
      { images: "quay.io", publicKeyFile: "images.pub", trustedRootFile: "root.json" },
      /trustedRootFile without a certificateIdentity/,
    ],
    ["an unknown key", { images: "quay.io", publicKeyFiles: "images.pub" }, /unknown key "publicKeyFiles"[^]*Did you mean publicKeyFile\?/],
    ["a number", { images: "quay.io", publicKeyFile: 3 }, /has publicKeyFile 3: expected a text/],
    ["a file that is not there", { images: "quay.io", publicKeyFile: "none.pub" }, /publicKeyFile "none\.pub": ENOENT/],
    ["a private key", { images: "quay.io", publicKeyFile: "images.key" }, /it doesn't begin with BEGIN PUBLIC KEY/],
    ["a key that can't be verified with", { images: "quay.io", publicKeyFile: "edwards.pub" }, /it is of the type ed25519/],
    ["roots that are none", { images: "quay.io", ...keyless, trustedRootFile: "images.pub" }, /trustedRootFile "images\.pub": .*JSON/],
    ["a text", "quay.io", /has "quay\.io"/],
  ])("by %s are refused", async (_, entry, expected) => {
    const told = await refusalOf(planOf(project, required(entry)));
    expect(told).toMatch(/FL2407 shop:requiredSignatures /);
    expect(told).toMatch(expected);
    expect(told).not.toContain("PRIVATE");
  });

  const unsigned = (images: string) => ({ images, unsigned: "nobody signs these" });

  test("that no entry requires of a sidecar's image refuse it before the first resource, at its place in the manifest", async () => {
    const told = await refusalOf(planOf(project, required(unsigned("public.ecr.aws/aws-observability"), unsigned("quay.io"))));
    expect(told).toMatch(/apps\/api\/service\.yaml:5:12 {2}FL2162 {2}sidecars\.proxy\.image is "public\.ecr\.aws\/nginx\/nginx:1\.29"/);
    expect(told).toContain("expected: an image of public.ecr.aws/aws-observability, quay.io");
    expect(await refusalOf(planOf(project, required()))).toMatch(/FL2162[^]*expected: an image of an entry: there is none/);
  });

  test("that no entry requires of an image that a feature brings along refuse it in a plan as well", async () => {
    const told = await refusalOf(planOf(project, required(unsigned("public.ecr.aws/nginx"))));
    expect(told).toMatch(/containers\.aws-otel-collector\.image: FL2162 "public\.ecr\.aws\/aws-observability\/aws-otel-collector:/);
    await expect(inspections(required(unsigned("public.ecr.aws")))).resolves.toHaveLength(2);
  });

  test("are refused where they stand", async () => {
    const lines = ["config:", "  shop:requiredSignatures:", "    - images: quay.io", "      publicKeyFile: none.pub", ""];
    project.write({ "stacks/Pulumi.dev.yaml": lines.join("\n") });
    const told = await refusalOf(planOf(project, required({ images: "quay.io", publicKeyFile: "none.pub" })));
    expect(told).toMatch(/stacks\/Pulumi\.dev\.yaml:4:22 {2}FL2407 {2}shop:requiredSignatures has publicKeyFile "none\.pub"/);
  });
});

test("images are built with provenance where that is asked for, and with no other attestation", async () => {
  const images = async (config: Record<string, string>) => ofType(await planOf(project, config), "docker-build:index:Image");
  for (const { inputs } of await images({ buildAttestations: '["provenance"]' })) expect(inputs.exec).toBe(true);
  for (const { inputs } of await images({})) expect(inputs).not.toHaveProperty("exec");
  expect(await refusalOf(planOf(project, { buildAttestations: '["sbom"]' }))).toMatch(
    /FL2407.*shop:buildAttestations has "sbom"[^]*cosign attest/,
  );
});

describe("attestations and vulnerabilities", () => {
  const exceptions = (...entries: string[]) => ({ "stacks/vulnerability-exceptions.yaml": `exceptions:\n${entries.join("")}` });
  const entry = (id: string, stack: string, of: string, until = "2026-12-31") =>
    `  - vulnerability: ${id}\n    stack: "${stack}"\n    service: "${of}"\n    reason: unused\n    by: ada\n    until: ${until}\n`;
  beforeAll(() => project.write({ "stacks/Pulumi.dev.yaml": "config: {}\n", "stacks/Pulumi.prod.yaml": "config: {}\n" }));
  afterEach(() => project.write({ "stacks/vulnerability-exceptions.yaml": "" }));

  test("are handed to the inspections, exceptions to those of the service alone", async () => {
    project.write(
      exceptions(entry("CVE-1", "dev", "api"), entry("CVE-2", "*", "*"), entry("CVE-3", "prod", "api"), entry("CVE-4", "prod", "other")),
    );
    const found = await inspections({
      requiredAttestations: '["sbom"]',
      maximumSeverity: "HIGH",
      unscannedImages: "tell",
      unstartableImages: "tell",
    });
    const [api, traced] = ["api", "traced"].map(
      (name) => found.find(({ service: each }) => each === name)!.admission as Record<string, unknown>,
    );
    const common = { requiredAttestations: ["sbom"], maximumSeverity: "HIGH", unscannedImages: "tell", unstartableImages: "tell" };
    const of = (vulnerability: string) => ({ vulnerability, reason: "unused", by: "ada", until: "2026-12-31" });
    expect(api).toEqual({ ...common, vulnerabilityExceptions: [of("CVE-1"), of("CVE-2")] });
    expect(traced).toEqual({ ...common, vulnerabilityExceptions: [of("CVE-2")] });
  });

  test("that there are not are refused", async () => {
    const told = await refusalOf(
      planOf(project, { requiredAttestations: '["sbom", "vex"]', maximumSeverity: "SEVERE", unscannedImages: "ignore" }),
    );
    expect(told).toMatch(/FL2407 {2}shop:requiredAttestations has "vex"|FL2407 shop:requiredAttestations has "vex"/);
    expect(told).toMatch(/shop:maximumSeverity is "SEVERE": expected one of INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL/);
    expect(told).toMatch(/shop:unscannedImages is "ignore": expected one of refuse, tell/);
  });

  test.each([
    ["2026-13-01", /until is "2026-13-01"/],
    ["2026-02-30", /until is "2026-02-30"/],
    ["soon", /until is "soon"/],
    ['""', /exception 1 has no until/],
  ])("an exception that ends on %s is refused, with its place", async (until, expected) => {
    project.write(exceptions(entry("CVE-1", "dev", "api", until)));
    const told = await refusalOf(planOf(project, { maximumSeverity: "HIGH" }));
    expect(told).toMatch(/stacks\/vulnerability-exceptions\.yaml:\d+:\d+ {2}FL2411 /);
    expect(told).toMatch(expected);
  });

  test.each<[string, Record<string, string>]>([
    ["whatever is required", { maximumSeverity: "HIGH" }],
    ["nothing is required", {}],
  ])("exceptions are checked where %s, with the services that there are", async (_, config) => {
    project.write(exceptions(entry("CVE-1", "dev", "apii"), entry("CVE-2", "*", "nobody"), entry("CVE-3", "prod", "of-prod")));
    const told = await refusalOf(planOf(project, config));
    expect(told).toMatch(
      /vulnerability-exceptions\.yaml:4:14 {2}FL2411 {2}there is no service "apii"\n[^]*expected: api, traced, "\*"[^]*Did you mean api\?/,
    );
    expect(told).toMatch(/:10:14 {2}FL2411 {2}there is no service "nobody"/);
    expect(told).not.toContain("of-prod");
    project.write(exceptions(entry("CVE-1", "dev", "api", "soon")));
    expect(await refusalOf(planOf(project, config))).toMatch(/FL2411 {2}until is "soon"/);
  });

  test("unscannedImages without maximumSeverity is told to do nothing", async () => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    const told = async (config: Record<string, string>) => {
      warn.mockClear();
      await planOf(project, config);
      return warn.mock.calls.map(([text]) => text);
    };
    expect(await told({ unscannedImages: "tell" })).toEqual(["FL2409 shop:unscannedImages sets nothing without shop:maximumSeverity."]);
    expect(await told({ unscannedImages: "tell", maximumSeverity: "HIGH" })).toEqual([]);
    warn.mockRestore();
  });

  test("exceptions alone require nothing", async () => {
    project.write(exceptions(entry("CVE-1", "dev", "api")));
    for (const each of await inspections({})) expect(each).not.toHaveProperty("admission");
  });
});
