import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { linkPackages } from "../src/commits/linkPackages";
import { FixtureRepository } from "./fixtureRepository";

const root = resolve(__dirname, "../../..");
/** What a platform team edits, which tests don't stand on, and what they bring themselves. */
const others = /^(apps|stacks|examples)\/(?!package\.json$)|^Pulumi\.yaml$|^tools\/fairlead\/testing\/fixture\//;

/** The tests' own repository with the packages and tools of this one, as they lie here, in the place where they are: each commit runs its own. */
export class WholeRepository extends FixtureRepository {
  protected override addPackages(): void {
    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    // A file that was deleted and not committed yet is still listed.
    for (const file of files.filter((each) => !others.test(each) && existsSync(join(root, each)))) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(root, file), join(this.folder, file));
    }
    linkPackages(root, this.folder);
  }
}
