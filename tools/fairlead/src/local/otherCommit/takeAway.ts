import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

import { ComposeEngine } from "../composeEngine";
import { composeFile } from "../files";
import { projectName } from "../place";
import { takeDown } from "../verbs/down";
import { changesIn, removeWorktree } from "./checkOutRef";
import { forget, knownRefs, readRecord, writeRecord, type RefPlace } from "./refPlace";

/**
 * Removes all that runs of a ref, and the ref's folder. Nothing of the commit's own is run for it: also one whose manifests are broken goes.
 *
 * @param volumes whether what databases and buckets hold goes as well
 */
export async function takeAway(place: RefPlace, { volumes }: { volumes: boolean }): Promise<void> {
  const record = readRecord(place.recordFile);
  if (record.ref === undefined) throw nothingOf(place.ref);
  const compose = await ComposeEngine.find();
  // What a copied folder remembers is the other's.
  const projects = [...new Set([...(record.projects ?? []), ...projectsIn(place)])].filter((name) => name.endsWith(digitsOf(place)));
  // A worktree that is half gone must not forget them.
  writeRecord(place, { ...record, projects });
  for (const project of projects) await takeDown(compose, project, { volumes });
  const changes = changesIn(place);
  if (changes !== "") {
    process.stderr.write(`${place.repository} stays, because it has changes of yours:\n${changes}\n`);
    return;
  }
  removeWorktree(place);
  if (volumes) forget(place);
  else writeRecord(place, { projects });
}

/** What to say of a ref that nothing is here of. */
export function nothingOf(ref: string): UserError {
  const known = knownRefs();
  return new UserError(
    `Nothing of ${ref} is here${known.length > 0 ? `; there is ${known.join(", ")}` : ""}. To run it: npx fairlead local up --ref ${ref}`,
  );
}

/** Compose's projects that were begun there. A commit may write what it likes into its files: only what has the folder's own digits counts. */
function projectsIn({ project }: RefPlace): string[] {
  const folder = join(project, ".fairlead", "local");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((stack) => composeFile(join(folder, stack)))
    .filter((file) => existsSync(file))
    .flatMap((file) => /^name: "?([a-z0-9_-]+)"?$/m.exec(readFileSync(file, "utf8"))?.[1] ?? []);
}

/** Compose's projects of the folder end with them. */
const digitsOf = ({ project }: RefPlace): string => projectName("", "", project).slice(-5);
