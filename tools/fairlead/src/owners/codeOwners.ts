import { coded, UserError } from "@fairlead/model";

const begin = "# fairlead owners: begin. `npx fairlead owners` writes what follows; yours goes above or below.";
const end = "# fairlead owners: end";
const line = /^\/\S+ \S+$/;

/**
 * The text of CODEOWNERS with the lines of services in their own block; all else in it stays as it is.
 *
 * @param text what is there; empty where there is no file
 * @throws UserError for a block that holds something else, which would be lost, or that doesn't end
 */
export function withOwners(text: string, lines: readonly string[]): string {
  const before = text.split("\n");
  const from = before.findIndex((each) => each.startsWith("# fairlead owners: begin"));
  const to = before.findIndex((each) => each.startsWith(end));
  const block = [begin, ...lines, end];
  if (from < 0 && to < 0) {
    const kept = text.trimEnd();
    return `${kept ? `${kept}\n\n` : ""}${block.join("\n")}\n`;
  }
  if (from < 0 || to < from) throw refused(`its line "${from < 0 ? end : "# fairlead owners: begin"}" has no other that belongs to it`);
  const own = before.slice(from + 1, to).find((each) => each.trim() !== "" && !line.test(each));
  if (own !== undefined) throw refused(`the lines of services have one among them that somebody wrote: ${own}`);
  return [...before.slice(0, from), ...block, ...before.slice(to + 1)].join("\n");
}

function refused(problem: string): UserError {
  return new UserError(
    coded(
      "FL2416",
      `CODEOWNERS is left as it is: ${problem}\n  fix: Move what is yours above "begin" or below "end"; take away the block to have it made anew.`,
    ),
  );
}
