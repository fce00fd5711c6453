import { rmSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../fixtureRepository";
import files from "./repository.json";
import type { Edit } from "./writtenChange";

/** Our own stacks, services and examples as they were when the changes were written. */
export class WrittenRepository extends FixtureRepository {
  constructor(source?: WrittenRepository) {
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
