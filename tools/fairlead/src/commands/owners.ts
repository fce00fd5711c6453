import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ownedFolders } from "@fairlead/manifest";
import { coded, UserError } from "@fairlead/model";
import { defaultStack, readProject, type Project } from "@fairlead/plan";
import type { Command } from "commander";

import { git } from "../commits/worktree";
import { withOwners } from "../owners/codeOwners";
import { readTeams, teamsFile, type Teams } from "../owners/teams";
import { writeFile } from "../writeFile";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("owners")
    .description(
      "Write who answers for each service's folder into GitHub's CODEOWNERS, by the manifests' `owner`: GitHub then asks them about a change of another's. " +
        `Which team an owner is says ${teamsFile} beside the stacks' configuration.`,
    )
    .option("--check", "change nothing, and end with exit code 1 where the file says something else")
    .action(owners);
}

function owners({ check }: { check?: boolean }): void {
  const project = readProject(defaultStack());
  const teams = readTeams(project.configFolder);
  if (!teams) {
    const place = join(relative(process.cwd(), project.configFolder), teamsFile);
    process.stdout.write(
      `Nothing is written: there is no ${place}, such as "organization: acme", by which the owner shop is @acme/shop.\n`,
    );
    return;
  }
  const repository = repositoryOf(project.root);
  const file = codeOwnersIn(repository);
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const after = withOwners(before, [...platformLines(project, repository, teams), ...linesOf(project, repository, teams)]);
  const name = relative(process.cwd(), file);
  if (after === before) {
    process.stdout.write(`${name} says who owns each service.\n`);
  } else if (check) {
    throw new UserError(
      coded("FL2417", `${name} is not what the manifests say of their owners.\n  fix: npx fairlead owners, and commit ${name}.`),
    );
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFile(file, after);
    process.stdout.write(`${name} is written.\n`);
  }
}

/** What judges a change and brings it out: who changes that changes what is asked of their change. */
function platformLines({ root, configFolder }: Project, repository: string, { platform }: Teams): string[] {
  if (platform === undefined) return [];
  const files = ["Pulumi.yaml", "package.json", "package-lock.json"].map((file) => join(root, file));
  const folders = [join(repository, ".github"), configFolder, join(root, "packages"), join(root, "tools")];
  const pathOf = (file: string) => `/${relative(repository, file).replaceAll("\\", "/")}`;
  return [...folders.map((folder) => `${pathOf(folder)}/`), ...files.filter((file) => existsSync(file)).map(pathOf)].map(
    (path) => `${path} ${platform}`,
  );
}

function linesOf({ root, config, name }: Project, repository: string, { teamOf }: Teams): string[] {
  const directory = join(root, config[`${name}:appsDirectory`] ?? "apps");
  return ownedFolders(directory).flatMap(({ folder, owner }) => {
    if (owner === undefined) return [];
    const team = teamOf(owner);
    if (team === undefined) {
      const problem = `${relative(process.cwd(), folder)} is owned by "${owner}", and ${teamsFile} doesn't say which team that is.`;
      throw new UserError(coded("FL2415", `${problem}\n  fix: Add it under teams, or an organization of which each owner is a team.`));
    }
    return [`/${relative(repository, folder).replaceAll("\\", "/")}/ ${team}`];
  });
}

function repositoryOf(root: string): string {
  try {
    return git(root, "rev-parse", "--show-toplevel");
  } catch {
    return root;
  }
}

/** Where GitHub looks, in its order. */
function codeOwnersIn(repository: string): string {
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].map((place) => join(repository, place));
  return places.find((place) => existsSync(place)) ?? places[0]!;
}
