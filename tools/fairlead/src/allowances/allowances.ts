import { UserError } from "@fairlead/model";
import { configFolderOf } from "@fairlead/plan";
import { allowIn, type Allow, type Notice } from "@fairlead/report";

/**
 * What is allowed of some stacks, by the files beside their configurations.
 *
 * @param from folder of the project
 * @param given by the command line
 */
export function allowanceOf(stacks: readonly string[], from: string, given: readonly string[] = []): { allow: Allow; notices: Notice[] } {
  const found = foldersOf(stacks, from).map((folder) => allowIn(folder));
  return {
    allow: { entries: found.flatMap(({ allow }) => allow.entries), given },
    notices: found.flatMap(({ notices }) => notices),
  };
}

/** What the later of two files allows and the earlier does not. */
export function newlyAllowed(before: Allow, after: Allow): Allow["entries"][number][] {
  const known = new Set(before.entries.map((entry) => JSON.stringify(entry)));
  return after.entries.filter((entry) => !known.has(JSON.stringify(entry)));
}

function foldersOf(stacks: readonly string[], from: string): string[] {
  return [...new Set(stacks.flatMap((stack) => configFolderOf(stack, from) ?? []))];
}

/** @throws UserError where no project here has the stack */
export function folderOf(stack: string): string {
  const folder = configFolderOf(stack);
  if (folder === undefined) throw new UserError(`There is no stack "${stack}" here.`);
  return folder;
}
