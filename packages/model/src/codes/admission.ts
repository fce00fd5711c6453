import type { Explanation, Explanations } from "./explanation";

const unchecked = (what: string) => `ECS would run it: it ${what}. The task definition was left as it is, and what runs keeps running.`;

/** What an environment requires of images, whatever is in them; the consequence is what ECS makes of it. */
export const admissionCodes = {
  FL2160: {
    title: "image from a registry that is not allowed",
    meaning: "The environment lets images come from certain registries alone (fairlead:allowedRegistries), and this one is of another.",
    consequence: unchecked("pulls from anywhere"),
    fix: "Take the image from one of them, such as a copy in a registry of your own; or have the platform team allow where it lies.",
    example: "pulumi config set --path 'allowedRegistries[0]' public.ecr.aws/docker -s prod",
  },
  FL2161: {
    title: "image that is not signed by whom the environment requires",
    meaning:
      "No signature that is attached to the image, in the ways of cosign, is by one of those who must have signed it (fairlead:requiredSignatures) and about this very digest.",
    consequence: unchecked("looks at no signature"),
    fix: "Have whoever answers for the image sign its digest, then run `up` again: what is built already is not built again.",
    example: "cosign sign --key cosign.key registry/repository@sha256:…",
  },
  FL2162: {
    title: "image that no requirement for signatures is for",
    meaning: "The environment requires signatures (fairlead:requiredSignatures), and no entry is for where this image lies.",
    consequence: unchecked("looks at no signature"),
    fix: "Add an entry for it: with who must have signed it, or with `unsigned` and the reason why it needs no signature.",
    example:
      "fairlead:requiredSignatures:\n  - images: public.ecr.aws/aws-observability\n    unsigned: AWS signs none of these with cosign",
  },
  FL2163: {
    title: "roots of trust that can't be had",
    meaning:
      "Who may vouch for a certificate is said by Sigstore's roots of trust. They are fetched from tuf-repo-cdn.sigstore.dev, or are in the file that the requirement names, and neither could be read.",
    consequence: unchecked("looks at no signature"),
    fix: "Let the machine that runs `up` reach tuf-repo-cdn.sigstore.dev; or name a file of your own, trustedRootFile.",
  },
  FL2164: {
    title: "attestation missing",
    meaning:
      "The environment requires an attestation (fairlead:requiredAttestations) that the image has not: neither BuildKit's in the image's index for the task's platform, nor one that is attached and signed by who must have signed the image.",
    consequence: unchecked("reads no attestation"),
    fix: "Attach one to this digest and sign it, or build the image with it (docs/supply-chain.md says what docker-build can).",
    example: "cosign attest --key cosign.key --type spdxjson --predicate sbom.json registry/repository@sha256:…",
  },
  FL2165: {
    title: "known vulnerability above the ceiling",
    meaning: "ECR's scan of the image knows a vulnerability that is worse than the environment allows (fairlead:maximumSeverity).",
    consequence: unchecked("looks at no scan"),
    fix: "Build on newer packages or another base image. If it can't hurt here, except it for a time in vulnerability-exceptions.yaml.",
    example:
      "exceptions:\n  - vulnerability: CVE-2026-1234\n    stack: prod\n    service: api\n    reason: the parser is never called\n    by: ada@example.com\n    until: 2026-12-31",
  },
  FL2166: {
    title: "image that was not scanned",
    meaning:
      "The environment has a ceiling for vulnerabilities (fairlead:maximumSeverity), and nobody knows any of this image: it is in no private registry of ECR, scanning is off, ECR can't scan it, or the scan has not ended.",
    consequence: unchecked("looks at no scan"),
    fix: "Copy it into a repository that scans on push, or switch scanning on. Or let such images through: fairlead:unscannedImages: tell.",
  },
  FL2167: {
    title: "scan that can't be read",
    meaning: "ECR doesn't tell what its scan of the image found.",
    consequence: unchecked("looks at no scan"),
    fix: "The message has ECR's words. Whoever runs `up` needs ecr:DescribeImageScanFindings.",
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
