import { posix } from "node:path";
import { imageUser } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { dockerfileUser } from "../source/dockerfileUser";
import type { Workload } from "./readManifest";

/** Says the user that a service's Dockerfile ends as; else that it is the image's own, which is root mostly. */
export function addUsers(workloads: readonly Workload[], read: (path: string) => string | undefined, claims: Claims): void {
  for (const { name, root, base, environments } of workloads) {
    const path = base.manifest.image === undefined ? dockerfileOf(base.manifest, base.toWorkspace) : undefined;
    const text = path === undefined ? undefined : read(path);
    const user = text === undefined ? undefined : dockerfileUser(text);
    const named = user !== undefined && user !== "root";
    for (const each of [base, ...environments.values()]) each.set("user", named ? user : imageUser);
    if (named) continue;
    claims.say({
      outcome: "exact",
      place: (root.entries.get("image")?.value ?? root).origin.place,
      source: "image",
      service: name,
      to: `user: ${imageUser}`,
      text: "it runs as the image's own user, which is root where its Dockerfile names none. Better: end the Dockerfile with USER 1000, once what the program writes belongs to it, and remove the key.",
    });
  }
}

/** Path of the Dockerfile from the workspace; undefined where none is built from. */
export function dockerfileOf(manifest: Record<string, unknown>, toWorkspace: string): string | undefined {
  const { dockerfile = "Dockerfile" } = (manifest.build ?? {}) as { dockerfile?: string };
  const path = posix.relative(posix.join("/x/y", toWorkspace), posix.join("/x/y", dockerfile));
  return path.startsWith("..") ? undefined : path;
}
