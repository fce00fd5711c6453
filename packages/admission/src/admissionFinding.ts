import { imageCodes, reportedLine, type ImageCode } from "@fairlead/model";

/** Which container of which task an image is for. */
export interface AdmittedImage {
  service: string;
  container: string;
  /** `registry/repository@sha256:…` */
  image: string;
}

/** One thing that an image lacks of what the environment requires. */
export interface AdmissionFinding extends AdmittedImage {
  code: ImageCode;
  /** Whether it stops `up`, or is told alone. */
  stops: boolean;
  problem: string;
  expected: string;
  fix: string;
}

/** A finding that stops `up`. */
export function refusal(
  admitted: AdmittedImage,
  found: Pick<AdmissionFinding, "code" | "problem" | "expected"> & { fix?: string },
): AdmissionFinding {
  return { ...admitted, stops: true, ...found, fix: found.fix ?? imageCodes[found.code].fix };
}

/** Findings as a person reads them. What images and registries say of themselves is printed as one line without control characters. */
export function formatAdmission(findings: readonly AdmissionFinding[]): string[] {
  return findings.map(({ code, service, container, image, stops, problem, expected, fix }) =>
    [
      `${code}  ${[service, container !== service ? container : undefined].filter(Boolean).join("  ")}`,
      `  ${problem} (${imageCodes[code].title})`,
      `  image: ${image}`,
      `  expected: ${expected}`,
      ...(stops ? [`  on ECS: ${imageCodes[code].consequence}`] : []),
      `  fix: ${fix}`,
    ]
      .map(reportedLine)
      .join("\n"),
  );
}
