import { posix } from "node:path";

import type { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import { dockerfileOf } from "./users";
import type { Workload } from "./readManifest";

/** Dockerfiles that are not where the manifest says: of another case, which some file systems don't tell apart, or not there. */
export function findDockerfiles(workloads: readonly Workload[], files: SourceFiles, root: string, claims: Claims): void {
  for (const { root: manifest, name, base, environments } of workloads) {
    for (const translation of [base, ...environments.values()]) {
      if (translation.manifest.image !== undefined) continue;
      // Where each environment names its image, what the base says of it is never deployed.
      const isDeployed = translation !== base || environments.size === 0;
      const path = dockerfileOf(translation.manifest, translation.toWorkspace);
      if (path === undefined) continue;
      const wanted = posix.join(root, path);
      if (files.paths.includes(wanted)) continue;
      const other = files.paths.find((each) => each.toLowerCase() === wanted.toLowerCase());
      if (other) translation.set("build.dockerfile", posix.join(translation.toWorkspace, posix.relative(root, other)));
      if (!isDeployed) continue;
      const submodule = submodulesIn(files).find((each) => wanted.startsWith(`${each}/`));
      const kind = other ? "otherCase" : submodule === undefined ? "missing" : "inSubmodule";
      claims.say(
        {
          outcome: ({ otherCase: "changed", inSubmodule: "exact", missing: "decide" } as const)[kind],
          place: (manifest.entries.get("image")?.value ?? manifest).origin.place,
          source: "image.build",
          service: name,
          to: "build.dockerfile",
          was: path,
          ...(other ? { now: posix.relative(root, other) } : {}),
          text: {
            otherCase: "the file is written so; where letters' case counts, as on Linux, the other name finds nothing.",
            inSubmodule: `it is in the submodule ${submodule}, which is not checked out here: git submodule update --init ${submodule}.`,
            missing: "There is no such file here: it was never committed, or is made before the build. Write it, or correct the path.",
          }[kind],
        },
        translation.environment,
      );
    }
  }
}

/** Folders whose files are another repository's. */
function submodulesIn(files: SourceFiles): string[] {
  return [...(files.read(".gitmodules") ?? "").matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, path]) => path!);
}
