import { firstFew, shortened, vulnerabilitySeverities, type VulnerabilitySeverity } from "@fairlead/model";

import { refusal, type AdmissionFinding, type AdmittedImage } from "../admissionFinding";
import type { ImageAdmission } from "../imageAdmission";
import type { Scan, Vulnerability } from "./scan";
import type { VulnerabilityException } from "./vulnerabilityException";

const mostTold = 10;

/** What a scan found that is worse than the environment allows. @param today `YYYY-MM-DD`, in UTC */
export function vulnerabilityFindings(
  admitted: AdmittedImage,
  { maximumSeverity, unscannedImages = "refuse", vulnerabilityExceptions = [] }: ImageAdmission,
  scan: Scan,
  today: string,
): AdmissionFinding[] {
  const expected = `nothing above ${maximumSeverity} in the scan of its registry (fairlead:maximumSeverity)`;
  if ("unread" in scan) return [refusal(admitted, { code: "FL2167", problem: shortened(scan.unread, 300), expected })];
  if ("unscanned" in scan) {
    const finding = refusal(admitted, { code: "FL2166", problem: shortened(scan.unscanned, 300), expected });
    return [{ ...finding, stops: unscannedImages === "refuse" }];
  }
  const worse = distinct(scan.vulnerabilities.filter(({ severity }) => rank(severity) > rank(maximumSeverity!)));
  const exceptionFor = ({ id }: Vulnerability) => vulnerabilityExceptions.filter(({ vulnerability }) => vulnerability === id);
  const left = worse.filter((each) => !exceptionFor(each).some(({ until }) => today <= until));
  if (left.length === 0) return [];
  const told = left.sort((a, b) => rank(b.severity) - rank(a.severity)).map((each) => vulnerabilityText(each, exceptionFor(each)[0]));
  const problem = `ECR's scan knows ${left.length} above ${maximumSeverity}: ${firstFew(told, mostTold)}`;
  return [refusal(admitted, { code: "FL2165", problem, expected })];
}

function vulnerabilityText({ id, severity, where }: Vulnerability, expired: VulnerabilityException | undefined): string {
  const excepted = expired ? `; its exception ended on ${expired.until}` : "";
  return `${shortened(id, 60)} ${severity}${where || expired ? ` (${shortened(where, 120)}${excepted})`.replace("(; ", "(") : ""}`;
}

/** A vulnerability of several packages is one. */
function distinct(vulnerabilities: Vulnerability[]): Vulnerability[] {
  return [...new Map(vulnerabilities.map((each) => [each.id, each])).values()];
}

/** What nobody has judged yet ranks below all else. */
function rank(severity: string): number {
  return vulnerabilitySeverities.indexOf(severity as VulnerabilitySeverity);
}
