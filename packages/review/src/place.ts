import { parsedJson, type ChangeSet } from "@fairlead/changes";
import { isMap } from "@fairlead/model";
import { placeOf } from "@fairlead/plan";

import { isEqual } from "./arguments/judge";
import { accountMoves } from "./accountMoves";
import { accountsIn, allowsRefused, credentialsChange, identityKeys, isPinned, otherRole, placeless, said } from "./credentials";
import type { Danger } from "./danger";
import { elsewhere, ofStack } from "./ofStack";
import { changedProviders } from "./providers";

/** As much of a stack's configuration as says where it goes. */
export interface Configured {
  name: string;
  config: Readonly<Record<string, string>>;
  /** Where Pulumi.yaml keeps the states, if it says so. */
  backend?: string;
  /** What decides how the stack's secrets are encrypted. */
  secretsProvider?: string;
  /** Environments of Pulumi ESC that it takes values from. */
  environments?: readonly string[];
  /** What else decides what happens, by file and key. */
  besides?: Readonly<Record<string, unknown>>;
  /** Of each encrypted value what the file says. */
  ciphertexts?: Readonly<Record<string, string>>;
}

/** Encrypted values that are other ones, or were set again: no plan shows what they change. */
export function changedCiphertexts(before: Configured | undefined, after: Configured | undefined): Danger[] {
  const [was, is] = [before?.ciphertexts ?? {}, after?.ciphertexts ?? {}];
  const changed = Object.keys(is).filter((key) => was[key] !== undefined && was[key] !== is[key]);
  if (changed.length === 0) return [];
  const text =
    "It is encrypted, so that no plan shows what another value changes: whoever compares it with what others know has to know it too.";
  return [ofStack("unknown", `sets ${changed.join(", ")} again`, text)];
}

/**
 * Whether a stack goes somewhere else than before: its region, its account, its state's place, or the provider of single resources.
 *
 * @param before what the configuration was; undefined where there was no stack
 */
export function movedPlaces(changes: ChangeSet, before: Configured | undefined, after: Configured | undefined): Danger[] {
  if (changes.before.resources.length === 0 || changes.after.resources.length === 0) return [];
  return [...(before && after ? stackMoves(before, after) : []), ...changedProviders(changes, [before, after])];
}

function stackMoves(before: Configured, after: Configured): Danger[] {
  const value = (side: Configured, key: string) => side.config[`aws:${key}`];
  const moves: Danger[] = [];
  if (before.name !== after.name) {
    const text =
      "The engine finds no stack of that project: it makes everything a second time, and the old project's resources stay, managed by nobody.";
    moves.push(elsewhere("project", `names the project ${after.name}, before ${before.name}`, text));
  }
  if (before.backend !== after.backend) {
    const text =
      "The engine finds no state there: it makes everything a second time, or fails on names that are taken. Move the states first (`pulumi stack export`, `import`).";
    moves.push(elsewhere("backend", `keeps the state in ${after.backend ?? "whatever backend is logged in to"}`, text));
  }
  if ((before.secretsProvider ?? "") !== (after.secretsProvider ?? "")) {
    const text = "Whoever deploys needs that key: without it no secret of the state is read, and `up` fails.";
    moves.push(ofStack("interruption", "encrypts secrets by another key", text, ["secretsprovider"]));
  }
  const gained = (after.environments ?? []).filter((name) => !before.environments?.includes(name));
  const lost = (before.environments ?? []).filter((name) => !after.environments?.includes(name));
  if (gained.length + lost.length > 0) {
    const title = `takes configuration from ${gained.length > 0 ? gained.join(", ") : `${lost.join(", ")} no longer`}`;
    const text = "Credentials, and every value that the file does not have, may come from there: no plan shows them.";
    moves.push(ofStack("unknown", title, text, ["environment"]));
  }
  const [oldRegion, newRegion] = [before, after].map((side) => value(side, "region"));
  if (oldRegion !== newRegion) {
    const text =
      "Every resource is replaced or made anew there. Data stays behind, names and addresses change, and the images have to be in the registry there.";
    moves.push(
      elsewhere(
        "region",
        `moves the stack from ${oldRegion ?? "the environment's region"} to ${newRegion ?? "the environment's region"}`,
        text,
      ),
    );
  }
  return [
    ...moves,
    ...configurationMoves(before, after, value),
    ...accountMoves(placeOf(before.config).accountIds, placeOf(after.config).accountIds),
  ];
}

/** What other keys of the provider change. */
function configurationMoves(before: Configured, after: Configured, value: (side: Configured, key: string) => string | undefined): Danger[] {
  const changed = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].flatMap((name) => {
    const key = name.startsWith("aws:") ? name.slice("aws:".length) : undefined;
    return key === undefined || isEqual(said(value(before, key)), said(value(after, key))) ? [] : [key];
  });
  return changed.flatMap((key) => {
    const [was, is] = [value(before, key), value(after, key)];
    const title = `changes aws:${key}`;
    if (key === "region" || key === "allowedAccountIds") return [];
    if (key === "forbiddenAccountIds") {
      return accountsIn(was).some((account) => !accountsIn(is).includes(account)) ? [ofStack("lessProtected", title, allowsRefused)] : [];
    }
    if (identityKeys.includes(key)) {
      const change = credentialsChange(key, was, is, isPinned(value(before, "allowedAccountIds"), value(after, "allowedAccountIds")));
      if (change === "elsewhere") return [elsewhere("credentials", title, otherCredentials)];
      return [
        change === "otherRole"
          ? ofStack("lessProtected", title, otherRole)
          : ofStack("routine", title, "How its sessions are called is all that it changes."),
      ];
    }
    if (key === "defaultTags")
      return [ofStack(hasAllTags(was, is) ? "routine" : "unknown", title, "The tags of every resource are written again.")];
    return [ofStack(placeless.includes(key) ? "routine" : "unknown", title, "What it changes at AWS no plan shows.")];
  });
}

const otherCredentials = "Other credentials decide in which account it works. In another one the engine finds nothing of this stack.";

/** Whether tags are only added: policies may ask for one that goes. */
function hasAllTags(before: string | undefined, after: string | undefined): boolean {
  const tagsOf = (text = "{}") => {
    const value = parsedJson(text);
    const tags = isMap(value) ? (value.tags ?? {}) : undefined;
    return isMap(tags) ? tags : undefined;
  };
  const [was, now] = [tagsOf(before), tagsOf(after)];
  return was !== undefined && now !== undefined && Object.entries(was).every(([key, value]) => now[key] === value);
}
