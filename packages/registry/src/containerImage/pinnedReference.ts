import { coded, parseReference, pinned } from "@fairlead/model";
import { runtime } from "@pulumi/pulumi";

/**
 * `repository:tag@sha256:…` → `repository@sha256:…`.
 *
 * docker-build falls back to the bare tag when it can't read an index back after pushing it; a task that runs a tag runs whatever the
 * tag means that day, so outside a preview this is an error.
 */
export function pinnedReference(reference: string): string {
  const parsed = parseReference(reference);
  if (parsed?.digest) return pinned(parsed, parsed.digest);
  if (runtime.isDryRun()) return reference;
  throw new Error(
    coded(
      "FL2001",
      `${reference} has no digest: the registry accepted the image but did not show it when asked again. ` +
        `The task definition was left as it is. Check the registry login and run \`pulumi up\` again.`,
    ),
  );
}
