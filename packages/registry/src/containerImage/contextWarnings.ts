import { coded, firstFew } from "@fairlead/model";

import type { ContextFile } from "./buildContext";

/** A context of more bytes is slow to send, and rarely meant. */
const largeContext = 50 * 1000 * 1000;

const secretLike = [
  /(^|\/)\.env(\.(?!example$|sample$|template$)[^/]*)?$/,
  /\.(pem|p12|pfx|jks|keystore)$/,
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)$/,
  /(^|\/)\.(npmrc|netrc|pgpass|git-credentials|pypirc)$/,
  /(^|\/)\.(aws|ssh|kube|docker)\//,
  /\.tfstate(\.backup)?$/,
];

/** What is odd about the files that a build gets. */
export function contextWarnings(name: string, files: readonly ContextFile[]): string[] {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const warnings: string[] = [];
  if (bytes > largeContext) {
    const largest = [...files].sort((a, b) => b.size - a.size).slice(0, 3);
    const list = largest.map(({ path, size }) => `${path} (${megabytes(size)} MB)`).join(", ");
    warnings.push(
      coded(
        "FL2003",
        `the build context of ${name} has ${megabytes(bytes)} MB in ${files.length} files; the largest: ${list}. Keep out what the Dockerfile does not copy, with .dockerignore.`,
      ),
    );
  }
  const secrets = files.filter(({ path }) => secretLike.some((pattern) => pattern.test(path)));
  if (secrets.length > 0) {
    const list = firstFew(
      secrets.map(({ path }) => path),
      5,
    );
    warnings.push(
      coded(
        "FL2004",
        `the build context of ${name} holds what looks like secrets: ${list}. Keep them out with .dockerignore; a build gets secrets by build.secrets, which stay out of the image.`,
      ),
    );
  }
  return warnings;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
