import type { DescribeImageScanFindingsCommandOutput, ECRClient, ECRClientConfig } from "@aws-sdk/client-ecr";
import { ecrRegistry } from "@fairlead/images";

import type { AdmittedManifest } from "../admittedManifest";

/** What a scan found in one image. */
export interface Vulnerability {
  id: string;
  /** As ECR says it: one of the severities, or a word for one that nobody has judged. */
  severity: string;
  /** `openssl 3.0.1, mended in 3.0.2` */
  where: string;
}

/** What ECR's own scan says of an image: what it found, that it found out nothing and why, or why it can't be asked. */
export type Scan = { vulnerabilities: Vulnerability[] } | { unscanned: string } | { unread: string };

/** What asks ECR. */
export interface ScanOptions {
  /** What a client for ECR is made with, by region. What the AWS SDK finds by itself by default. */
  ecr?: (region: string) => Promise<ECRClientConfig>;
  /** Waits so many milliseconds. */
  pause?: (milliseconds: number) => Promise<void>;
}

/** A scan on push takes a minute or two; one that has not begun half a minute after the image was there was not asked for. */
export const scanWaits = { intervalMilliseconds: 5_000, running: 60, beginning: 6 };

/** Findings come in parts of a thousand. */
const mostParts = 20;

const waiting = ["IN_PROGRESS", "PENDING"];
const scanned = ["COMPLETE", "ACTIVE"];

/**
 * Asks ECR for the scan of the platform's own image, basic or enhanced, and waits for one that runs. Indexes are not scanned.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export async function scanOf({ client, repository, platformDigest }: AdmittedManifest, options: ScanOptions): Promise<Scan> {
  const registry = ecrRegistry(client.host);
  if (!registry) return { unscanned: `${client.host} is no private registry of ECR, and no other scans for us` };
  if (platformDigest === undefined) return { unscanned: "the image has no part for the task's platform" };
  const { ECRClient, DescribeImageScanFindingsCommand } = await import("@aws-sdk/client-ecr");
  const ecr: ECRClient = new ECRClient((await options.ecr?.(registry.region)) ?? { region: registry.region });
  const imageId = { imageDigest: platformDigest };
  const input = { registryId: registry.accountId, repositoryName: repository, imageId, maxResults: 1000 };
  const part = (nextToken?: string) => ecr.send(new DescribeImageScanFindingsCommand({ ...input, nextToken }));
  try {
    const first = await ended(() => part(), options.pause ?? pause);
    if ("unscanned" in first) return first;
    const vulnerabilities = foundIn(first);
    let { nextToken } = first;
    for (let parts = 1; nextToken; parts++) {
      if (parts === mostParts) return { unread: `ECR has more than ${mostParts * 1000} findings for it` };
      const next = await part(nextToken);
      vulnerabilities.push(...foundIn(next));
      nextToken = next.nextToken;
    }
    return { vulnerabilities };
  } catch (error) {
    const { name, message } = error as Error;
    return { unread: `${name}: ${message}` };
  }
}

type Part = DescribeImageScanFindingsCommandOutput;

/** The first part of a scan that has ended, or why there is none. */
async function ended(ask: () => Promise<Part>, wait: (milliseconds: number) => Promise<void>): Promise<Part | { unscanned: string }> {
  for (let asked = 1; ; asked++) {
    const answer = await ask().catch((error: Error) => {
      if (error.name === "ScanNotFoundException") return undefined;
      throw error;
    });
    const { status = "", description } = answer?.imageScanStatus ?? {};
    if (answer && scanned.includes(status)) return answer;
    if (answer && !waiting.includes(status))
      return { unscanned: `ECR says ${[status || "nothing", description].filter(Boolean).join(": ")}` };
    const most = answer ? scanWaits.running : scanWaits.beginning;
    const waited = `${((asked - 1) * scanWaits.intervalMilliseconds) / 1000} seconds`;
    if (asked > most)
      return {
        unscanned: answer ? `its scan has not ended after ${waited}` : "ECR has no scan of it: scanning is off, or the image is older",
      };
    await wait(scanWaits.intervalMilliseconds);
  }
}

function foundIn({ imageScanFindings = {} }: Part): Vulnerability[] {
  const basic = (imageScanFindings.findings ?? []).map(({ name = "unknown", severity = "UNDEFINED", attributes = [] }) => {
    const attribute = (key: string) => attributes.find((each) => each.key === key)?.value;
    return { id: name, severity, where: [attribute("package_name"), attribute("package_version")].filter(Boolean).join(" ") };
  });
  const enhanced = (imageScanFindings.enhancedFindings ?? [])
    .filter(({ status = "ACTIVE" }) => status === "ACTIVE")
    .map(({ title, severity = "UNTRIAGED", packageVulnerabilityDetails: { vulnerabilityId, vulnerablePackages = [] } = {} }) => {
      const packages = vulnerablePackages.map(
        ({ name, version, fixedInVersion }) =>
          `${name} ${version}${fixedInVersion && fixedInVersion !== "NotAvailable" ? `, mended in ${fixedInVersion}` : ""}`,
      );
      return { id: vulnerabilityId ?? title ?? "unknown", severity, where: packages.slice(0, 3).join("; ") };
    });
  return [...basic, ...enhanced];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
