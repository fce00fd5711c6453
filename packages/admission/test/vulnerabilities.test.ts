import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RegistryClient } from "@fairlead/images";

import { formatAdmission, type ImageAdmission } from "../src";
import { scanOf, scanWaits, type Scan } from "../src/vulnerabilities/scan";
import { vulnerabilityFindings } from "../src/vulnerabilities/vulnerabilities";

const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/fairlead/dev/api@sha256:" + "a".repeat(64);
const admitted = { service: "api", container: "api", image };

/** What ECR answers, one after the other; the last one again and again. An answer with `__type` is a refusal. */
let answers: Record<string, unknown>[];
const asked: Record<string, unknown>[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    asked.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => (asked.length = 0));

function scan(...given: Record<string, unknown>[]): Promise<Scan> {
  answers = given;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { host: image.split("/")[0] } as RegistryClient;
  const root = { digest: "sha256:" + "a".repeat(64), mediaType: "", bytes: Buffer.alloc(0) };
  return scanOf(
    { client, repository: "fairlead/dev/api", root, platformDigest: "sha256:" + "b".repeat(64) },
    {
      ecr: (region) => Promise.resolve({ region, endpoint, credentials: { accessKeyId: "x", secretAccessKey: "x" }, maxAttempts: 1 }),
      pause: () => Promise.resolve(),
    },
  );
}

const basic = (name: string, severity: string) => ({
  ...{ name, severity },
  attributes: [
    { key: "package_version", value: "3.0.1" },
    { key: "package_name", value: "openssl" },
  ],
});
const complete = (...findings: object[]) => ({ imageScanStatus: { status: "COMPLETE" }, imageScanFindings: { findings } });
const inProgress = { imageScanStatus: { status: "IN_PROGRESS" } };
const notFound = { __type: "ScanNotFoundException", message: "Image scan does not exist for the image" };

describe("ECR's scan", () => {
  test("is asked for the platform's own image, in all its parts", async () => {
    const first = { ...complete(basic("CVE-2026-1", "HIGH")), nextToken: "2" };
    expect(await scan(first, complete(basic("CVE-2026-2", "LOW")))).toEqual({
      vulnerabilities: [
        { id: "CVE-2026-1", severity: "HIGH", where: "openssl 3.0.1" },
        { id: "CVE-2026-2", severity: "LOW", where: "openssl 3.0.1" },
      ],
    });
    expect(asked).toEqual([
      expect.objectContaining({
        registryId: "123456789012",
        repositoryName: "fairlead/dev/api",
        imageId: { imageDigest: "sha256:" + "b".repeat(64) },
      }),
      expect.objectContaining({ nextToken: "2" }),
    ]);
  });

  test("of Inspector's kind counts what is active, and names what mends it", async () => {
    const finding = (vulnerabilityId: string, status: string) => ({
      ...{ severity: "CRITICAL", status },
      packageVulnerabilityDetails: { vulnerabilityId, vulnerablePackages: [{ name: "zlib", version: "1.2", fixedInVersion: "1.3" }] },
    });
    const enhancedFindings = [finding("CVE-2026-3", "ACTIVE"), finding("CVE-2026-4", "SUPPRESSED"), finding("CVE-2026-5", "CLOSED")];
    expect(await scan({ imageScanStatus: { status: "ACTIVE" }, imageScanFindings: { enhancedFindings } })).toEqual({
      vulnerabilities: [{ id: "CVE-2026-3", severity: "CRITICAL", where: "zlib 1.2, mended in 1.3" }],
    });
  });

  test("is waited for while it runs, and before it has begun", async () => {
    expect(await scan(notFound, inProgress, { imageScanStatus: { status: "PENDING" } }, complete())).toEqual({ vulnerabilities: [] });
    expect(asked).toHaveLength(4);
  });

  test("is not waited for without end", async () => {
    expect(await scan(inProgress)).toEqual({ unscanned: "its scan has not ended after 300 seconds" });
    expect(asked).toHaveLength(scanWaits.running + 1);
    asked.length = 0;
    expect(await scan(notFound)).toEqual({ unscanned: "ECR has no scan of it: scanning is off, or the image is older" });
    expect(asked).toHaveLength(scanWaits.beginning + 1);
    expect(await scan({ ...complete(basic("CVE-2026-1", "HIGH")), nextToken: "2" })).toEqual({
      unread: "ECR has more than 20000 findings for it",
    });
  });

  test.each(["UNSUPPORTED_IMAGE", "FAILED", "SCAN_ELIGIBILITY_EXPIRED", "LIMIT_EXCEEDED", "SOMETHING_NEW"])(
    "that says %s is none",
    async (status) => {
      expect(await scan({ imageScanStatus: { status, description: "No base image." } })).toEqual({
        unscanned: `ECR says ${status}: No base image.`,
      });
    },
  );

  test("that may not be read is told in ECR's words", async () => {
    const message = "User: x is not authorized to perform: ecr:DescribeImageScanFindings";
    expect(await scan({ __type: "AccessDeniedException", message })).toEqual({ unread: `AccessDeniedException: ${message}` });
  });
});

test("another registry than ECR's has no scan that could be asked for", async () => {
  const client = { host: "public.ecr.aws" } as RegistryClient;
  const root = { digest: "", mediaType: "", bytes: Buffer.alloc(0) };
  expect(await scanOf({ client, repository: "x", root, platformDigest: "" }, {})).toEqual({
    unscanned: "public.ecr.aws is no private registry of ECR, and no other scans for us",
  });
});

describe("a ceiling", () => {
  const found = {
    vulnerabilities: [
      { id: "CVE-2026-1", severity: "HIGH", where: "openssl 3.0.1" },
      { id: "CVE-2026-2", severity: "CRITICAL", where: "" },
    ],
  };
  const judged = (admission: ImageAdmission, given: Scan = found, today = "2026-11-28") =>
    vulnerabilityFindings(admitted, admission, given, today);
  const exception = (vulnerability: string, until: string) => ({ vulnerability, until, reason: "unused", by: "ada" });

  test("refuses what is above it, the worst first", () => {
    const [finding, ...others] = judged({ maximumSeverity: "MEDIUM" });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "FL2165", stops: true });
    expect(finding!.problem).toBe("ECR's scan knows 2 above MEDIUM: CVE-2026-2 CRITICAL, CVE-2026-1 HIGH (openssl 3.0.1)");
    expect(judged({ maximumSeverity: "HIGH" })[0]!.problem).toBe("ECR's scan knows 1 above HIGH: CVE-2026-2 CRITICAL");
    expect(judged({ maximumSeverity: "CRITICAL" })).toEqual([]);
  });

  test.each(["UNDEFINED", "UNTRIAGED", "hostile"])("lets through what nobody has judged: %s", (severity) => {
    expect(judged({ maximumSeverity: "INFORMATIONAL" }, { vulnerabilities: [{ id: "x", severity, where: "" }] })).toEqual([]);
  });

  test("lets an exception through to the end of its day, and tells of one that has ended", () => {
    const vulnerabilityExceptions = [exception("CVE-2026-1", "2026-11-28"), exception("CVE-2026-2", "2026-11-27")];
    expect(judged({ maximumSeverity: "MEDIUM", vulnerabilityExceptions })[0]!.problem).toBe(
      "ECR's scan knows 1 above MEDIUM: CVE-2026-2 CRITICAL (its exception ended on 2026-11-27)",
    );
    expect(judged({ maximumSeverity: "MEDIUM", vulnerabilityExceptions }, found, "2026-11-29")[0]!.problem).toMatch(/2 above MEDIUM/);
  });

  test("names a vulnerability of several packages once", () => {
    const vulnerabilities = ["a", "b"].map((where) => ({ id: "CVE-2026-1", severity: "HIGH", where }));
    expect(judged({ maximumSeverity: "LOW" }, { vulnerabilities })[0]!.problem).toMatch(/^ECR's scan knows 1 above LOW/);
  });

  test("refuses what was not scanned, or tells of it where that is enough", () => {
    const unscanned = { unscanned: "ECR says UNSUPPORTED_IMAGE" };
    expect(judged({ maximumSeverity: "HIGH" }, unscanned)).toEqual([expect.objectContaining({ code: "FL2166", stops: true })]);
    expect(judged({ maximumSeverity: "HIGH", unscannedImages: "tell" }, unscanned)).toEqual([
      expect.objectContaining({ code: "FL2166", stops: false }),
    ]);
    // What can't be read is not what nobody looked at.
    expect(judged({ maximumSeverity: "HIGH", unscannedImages: "tell" }, { unread: "x" })).toEqual([
      expect.objectContaining({ code: "FL2167", stops: true }),
    ]);
    expect(formatAdmission(judged({ maximumSeverity: "HIGH" }, unscanned))[0]).toMatch(
      /^FL2166 {2}api\n {2}ECR says UNSUPPORTED_IMAGE [^]*expected: nothing above HIGH in the scan of its registry/,
    );
  });
});
