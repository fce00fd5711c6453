import { existsSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "@fairlead/model";
import { checkedFile } from "@fairlead/model/files";

/** The file beside the stacks' configuration that says which team of GitHub's an owner is. */
export const teamsFile = "owners.yaml";

/** A team, or a person, as GitHub's CODEOWNERS names them. */
const codeOwner = /^@[\w-]+(\/[\w.-]+)?$|^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const example = 'organization: acme, by which the owner shop is @acme/shop; or teams: { shop: "@acme/shop-core" }';

/** Who answers for what, as GitHub names them. */
export interface Teams {
  /** Of a manifest's `owner`; undefined where the file doesn't say which one that is. */
  teamOf: (owner: string) => string | undefined;
  /** Of what judges a change, and of what brings it out. */
  platform?: string;
}

/**
 * Says which team of GitHub's an owner is; undefined where there is no such file: then CODEOWNERS is nobody's but yours.
 *
 * @throws UserError for a file that says anything else
 */
export function readTeams(configFolder: string): Teams | undefined {
  const file = join(configFolder, teamsFile);
  if (!existsSync(file)) return undefined;
  return checkedFile(file, "FL2401", (value, refuse) => {
    const problem = (path: string[], what: string) =>
      refuse(path, { code: "FL2415", problem: what, expected: example, fix: "Correct the entry." });
    const { organization, platform, teams = {}, ...others } = isMap(value) ? value : { "": value };
    for (const key of Object.keys(others)) problem(key ? [key] : [], key ? `"${key}" is no key of it` : "it is no map");
    if (organization !== undefined && !(typeof organization === "string" && /^[\w-]+$/.test(organization)))
      problem(["organization"], "organization is no name of one");
    const isPlatform = typeof platform === "string" && codeOwner.test(platform);
    if (platform !== undefined && !isPlatform) problem(["platform"], "platform is no team, user or e-mail address");
    const entries = isMap(teams) ? Object.entries(teams) : (problem(["teams"], "teams is no map"), []);
    for (const [owner, team] of entries) {
      if (typeof team !== "string" || !codeOwner.test(team)) problem(["teams", owner], `teams.${owner} is no team, user or e-mail address`);
    }
    const known = new Map(entries as [string, string][]);
    const isTeam = (owner: string) => typeof organization === "string" && /^[\w.-]+$/.test(owner);
    const teamOf = (owner: string) => known.get(owner) ?? (isTeam(owner) ? `@${String(organization)}/${owner}` : undefined);
    return { teamOf, ...(isPlatform && { platform }) };
  });
}
