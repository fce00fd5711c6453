import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { urnParts, type ChosenImport, type ImportFile } from "@fairlead/adoption";
import { coded, UserError } from "@fairlead/model";
import type { Project } from "@fairlead/plan";

import { pulumi, saidBy } from "./pulumiCommand";
import { stackState } from "./stackState";

/** Flags of `pulumi import` in which nobody is asked and no code is written. */
export const importFlags = ["--yes", "--skip-preview", "--generate-code=false", "--suppress-outputs", "--suppress-progress"];

/**
 * Takes resources into the state of the stack itself, which Pulumi then refuses to delete until an `up` says otherwise.
 *
 * @throws UserError with FL3206 where Pulumi ends before all are there: it keeps those that came
 */
export async function importIntoStack(project: Project, stack: string, chosen: readonly ChosenImport[], file: ImportFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-adopt-"));
  try {
    const path = join(folder, "import.json");
    writeFileSync(path, JSON.stringify(file));
    const { code, all } = await pulumi(["import", "--file", path, "--stack", stack, ...importFlags], { folder: project.root });
    if (code !== 0) throw await halfWay(project, stack, chosen, `\`pulumi import\` ended with ${code}:\n${saidBy(all)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What came into the state before Pulumi ended, how to go on, and the way back. */
async function halfWay(project: Project, stack: string, chosen: readonly ChosenImport[], said: string): Promise<UserError> {
  const state = await stackState(project, stack).catch(() => "unknown" as const);
  if (state === "unknown")
    return new UserError(
      coded("FL3206", `${said}\nWhat came into the state of ${stack} could not be read: pulumi stack -s ${stack} --show-urns`),
    );
  const came = chosen.filter(({ urn }) => state?.ids.has(urn));
  const missing = chosen.filter((each) => !came.includes(each));
  if (came.length === 0) return new UserError(coded("FL3206", `${said}\nNone of them is in the state of ${stack}.`));
  const back = came.map(({ urn }) => `'${urn}'`).join(" ");
  const lines = [
    said,
    `In the state of ${stack}, protected: ${listed(came)}.`,
    ...(missing.length > 0 ? [`Not in it: ${listed(missing)}.`] : []),
    "fix: mend what Pulumi says and run the same command again: it passes over those that are there.",
    `     Back, with nothing changed at AWS: pulumi state delete --force -s ${stack} ${back}`,
  ];
  return new UserError(coded("FL3206", lines.join("\n  ")));
}

const listed = (chosen: readonly ChosenImport[]) =>
  chosen.map(({ urn, id }) => `${urnParts(urn).type.split(":").at(-1)!} ${id}`).join(", ");
