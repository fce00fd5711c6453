import { rmSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "@fairlead/plan";
import { compareResults, type ChangeReport, type FailedStack, type StackReport } from "@fairlead/report";
import type { Grade } from "@fairlead/review";

import { plansOf } from "../changes";
import { FixtureRepository } from "../fixtureRepository";
import compositions from "./compositions.json";
import manifests from "./manifests.json";
import files from "./repository.json";

/** A text that is there once and becomes another, a whole file, or a file or folder that goes. */
type Edit = { file: string; find: string; replace: string } | { file: string; write: string } | { file: string; remove: true };

/** A pull request, as somebody wrote it who knew the documents and AWS's, and not how it would be judged. */
export interface PlantedChange {
  id: string;
  title: string;
  stacks: string[];
  /** What both sides have. */
  given: Edit[];
  change: Edit[];
  /** What whoever reviews it has to do: nothing, or think before. */
  grade: "harmless" | "dangerous";
  why: string;
}

/** Fifty of each. */
export const plantedChanges = [...manifests, ...compositions] as PlantedChange[];

/** Our own stacks, services and examples as they were when the changes were written. */
export class PlantedRepository extends FixtureRepository {
  constructor(source?: PlantedRepository) {
    super(source);
    if (source) return;
    for (const folder of ["apps", "stacks"]) rmSync(join(this.folder, folder), { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    this.write(".gitignore", "node_modules\n.fairlead\n");
    this.commit("Our own");
  }

  apply(edits: readonly Edit[], message: string): void {
    for (const edit of edits) {
      if ("write" in edit) this.write(edit.file, edit.write);
      else if ("remove" in edit) rmSync(join(this.folder, edit.file), { recursive: true });
      else {
        this.edit(edit.file, (text) => {
          if (text.split(edit.find).length !== 2) throw new Error(`${edit.file} has not once: ${edit.find}`);
          return text.replace(edit.find, () => edit.replace);
        });
      }
    }
    this.commit(message);
  }
}

/** What each stack's report says of a change. */
export async function judged(base: PlantedRepository, { stacks, given, change, title }: PlantedChange): Promise<ChangeReport["stacks"]> {
  const before = new PlantedRepository(base);
  before.apply(given, "Given");
  const after = new PlantedRepository(before);
  try {
    after.apply(change, title);
    const [old, now] = [await plansOf(before, stacks), await plansOf(after, stacks)];
    return stacks.map((stack) =>
      compareResults(stack, old.get(stack), now.get(stack), (side) => readProject(stack, [], (side === "before" ? before : after).folder)),
    );
  } finally {
    before.remove();
    after.remove();
  }
}

/** The grade of a stack's report. One that can't be planned says nothing of a grade: the change or its setting is out of date. */
export function gradeOfStack(stack: StackReport | FailedStack): Grade {
  if ("failure" in stack) throw new Error(`${stack.stack} can't be planned: ${stack.failure}`);
  return stack.grade;
}
