import { comparePlans } from "@fairlead/changes";
import type { Plan, Project } from "@fairlead/plan";

import { renderComment, renderPlan, renderTerminal, reportOf, type ChangeReport } from "../src";

const stack = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const common = { custom: true, dependencies: [], propertyDependencies: {}, options: {} };

function planWith(admission: object | undefined): Plan {
  const type = "pulumi-nodejs:dynamic/fairlead:ImageInspection";
  const inspection = (name: string) => ({
    ...common,
    ...{ urn: `urn:pulumi:prod::shop::${type}::${name}`, type, name, parent: stack },
    inputs: { service: name, platform: "linux/arm64", containers: {}, ...(admission && { admission: own(admission, name) }) },
  });
  const root = { ...common, urn: stack, type: "pulumi:pulumi:Stack", name: "shop-prod", parent: null, custom: false, inputs: {} };
  return { version: 1, project: "shop", stack: "prod", resources: [root, inspection("api"), inspection("web")], outputs: {} };
}

/** Each service adds its own repository. */
function own(admission: { allowedRegistries?: unknown[] }, name: string): object {
  const { allowedRegistries } = admission;
  return { ...admission, ...(allowedRegistries && { allowedRegistries: [...allowedRegistries, { $output: `${name}#repositoryUrl` }] }) };
}

const project: Project = {
  ...{ root: "/nowhere", name: "shop", main: "/nowhere/index.js", configFolder: "/nowhere", secretKeys: [] },
  config: { "aws:region": "us-east-1" },
};

function reportFor(before: object | undefined, after: object | undefined): ChangeReport {
  const stacks = [reportOf(comparePlans(planWith(before), planWith(after)), { after: project })];
  return { project: "shop", from: "before", to: "after", stacks };
}

const place = { region: "us-east-1", accountIds: [] };

test("a plan says what every image must meet, once for all services, and nothing where nothing is required", () => {
  const text = renderPlan(planWith({ allowedRegistries: ["public.ecr.aws", "docker.io/library"] }), place);
  const told = text.split("\n").filter((line) => line.includes("image must"));
  expect(told).toEqual(["  every image must come from public.ecr.aws, docker.io/library, the service's own repository"]);
  expect(renderPlan(planWith(undefined), place)).not.toContain("image must");
});

const signers = [
  { images: "public.ecr.aws/acme", publicKeyFile: "images.pub", publicKey: "…" },
  { images: "quay.io", certificateIdentity: "https://github.com/acme/x", certificateOidcIssuer: "https://issuer.test" },
  { images: "docker.io/library", unsigned: "nobody signs these" },
];
test.each([
  [
    { requiredSignatures: signers },
    [
      "every image must be signed by the signer of the entry that it is of, and no other image may run: public.ecr.aws/acme signed by images.pub; " +
        "quay.io signed by https://github.com/acme/x; docker.io/library allowed without a signature (nobody signs these)",
    ],
  ],
  [{ requiredSignatures: [] }, ["every image must be of an entry of requiredSignatures, which has none, so that no image may run"]],
  [{ requiredAttestations: [] }, []],
  [{ unstartableImages: "tell" }, ["images that would not start: only told, and run all the same"]],
  [
    { vulnerabilityExceptions: [{ vulnerability: "CVE-2026-1", until: "2026-12-31", reason: "unused", by: "ada" }] },
    ["vulnerabilities let through: CVE-2026-1 until 2026-12-31 (unused, ada)"],
  ],
])("a plan says of %j what it does, and not its opposite", (admission, lines) => {
  const [own, none] = [admission, undefined].map((each) => renderPlan(planWith(each), place).split("\n"));
  expect(own!.filter((line) => !none!.includes(line)).map((line) => line.trim())).toEqual(lines);
  const comment = renderComment(reportFor(undefined, admission));
  for (const line of lines)
    expect(comment).toContain(line.replace(/^every image must (.*)$/, "**images must**: $1").replace(/^([a-z ]+): /, "**$1**: "));
});

test("a change says it on the terminal and in the comment", () => {
  const report = reportFor(undefined, { allowedRegistries: ["public.ecr.aws"], maximumSeverity: "HIGH" });
  expect(renderTerminal(report)).toContain("images must: come from public.ecr.aws, the service's own repository");
  const comment = renderComment(report);
  expect(comment).toContain("- **images must**: come from public.ecr.aws, the service's own repository – _prod_");
  expect(comment).toContain("- **images must**: have no vulnerability above HIGH in ECR's scan, and have one – _prod_");
  expect(comment).not.toContain("requires less");
});

const exception = { vulnerability: "CVE-2026-1", until: "2026-12-31", reason: "unused", by: "ada" };
const one = { allowedRegistries: ["public.ecr.aws"] };
test.each([
  ["a registry more", one, { allowedRegistries: ["public.ecr.aws", "quay.io"] }, "allowed registries"],
  ["any registry", one, {}, "allowed registries"],
  ["nothing at all", one, undefined, "allowed registries"],
  ["another signer", { requiredSignatures: [{ images: "a.io" }] }, { requiredSignatures: [{ images: "b.io" }] }, "signers"],
  ["an attestation less", { requiredAttestations: ["sbom", "provenance"] }, { requiredAttestations: ["sbom"] }, "attestations"],
  ["a higher ceiling", { maximumSeverity: "MEDIUM" }, { maximumSeverity: "HIGH" }, "vulnerabilities"],
  [
    "images without a scan",
    { maximumSeverity: "LOW" },
    { maximumSeverity: "LOW", unscannedImages: "tell" },
    "images that were not scanned",
  ],
  ["images that would not start", undefined, { unstartableImages: "tell" }, "images that would not start"],
  [
    "an exception",
    { vulnerabilityExceptions: [] },
    { vulnerabilityExceptions: [exception] },
    "exceptions for CVE-2026-1 until 2026-12-31 (unused, ada)",
  ],
])("a change that lets %s in asks for less, and is told as a danger", (_, before, after, less) => {
  expect(renderComment(reportFor(before, after))).toContain(`**requires less of images: ${less}**`);
});

test.each([
  [one, one],
  [{ allowedRegistries: ["public.ecr.aws", "quay.io"] }, one],
  [undefined, one],
  [{ requiredAttestations: ["sbom"] }, { requiredAttestations: ["sbom", "provenance"] }],
  [{ maximumSeverity: "HIGH" }, { maximumSeverity: "MEDIUM" }],
  [{ vulnerabilityExceptions: [exception] }, { vulnerabilityExceptions: [] }],
])("from %j to %j asks for no less", (before, after) => {
  expect(renderComment(reportFor(before, after))).not.toContain("requires less");
});
