import { posix } from "node:path";

import type { Claims } from "../findings/claims";
import { dockerfileUser } from "./dockerfileUser";
import type { Workload } from "./readManifest";

/** Says the user that a service's Dockerfile ends as; of one that ends as root, what that means here. */
export function addUsers(workloads: readonly Workload[], read: (path: string) => string | undefined, claims: Claims): void {
  for (const { name, root, base, environments } of workloads) {
    const path = dockerfileOf(base.manifest, base.toWorkspace);
    const text = path === undefined ? undefined : read(path);
    const user = text === undefined ? undefined : dockerfileUser(text);
    if (user !== undefined && user !== "root") {
      for (const each of [base, ...environments.values()]) each.set("user", user);
      continue;
    }
    const isBuilt = !base.files.has("Dockerfile");
    const image = root.entries.get("image")?.value ?? root;
    claims.say({
      outcome: "decide",
      place: image.origin.place,
      source: "image",
      service: name,
      to: "user",
      was: user ?? (text === undefined ? "the image's own user" : "the user of the image that the Dockerfile begins with, mostly root"),
      now: "1000:1000",
      text: isBuilt
        ? "Containers don't run as root here. Say in the Dockerfile whom what the program writes belongs to (chown) and end it with USER; npx fairlead run <service> shows whether it starts."
        : "Containers don't run as root here. Where the image has a user of its own, write it as user; npx fairlead run <service> shows whether it starts.",
    });
  }
}

/** Path of the Dockerfile from the workspace; undefined where none is built from. */
export function dockerfileOf(manifest: Record<string, unknown>, toWorkspace: string): string | undefined {
  const { dockerfile = "Dockerfile" } = (manifest.build ?? {}) as { dockerfile?: string };
  const path = posix.relative(posix.join("/x/y", toWorkspace), posix.join("/x/y", dockerfile));
  return path.startsWith("..") ? undefined : path;
}
