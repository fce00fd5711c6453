import type { ChangeSet, ResourceChange } from "@fairlead/changes";
import { placeOf, type Plan, type PlanResource } from "@fairlead/plan";

import { together, type Danger, type OneDanger } from "./danger";

/** As much of a stack's configuration as says where it goes. */
export interface Configured {
  name: string;
  config: Readonly<Record<string, string>>;
  /** Where Pulumi.yaml keeps the states, if it says so. */
  backend?: string;
  /** Of each encrypted value what the file says. */
  ciphertexts?: Readonly<Record<string, string>>;
}

const elsewhere = (title: string, text: string, urn: string): Danger => ({ severity: "elsewhere", title, text, forcedBy: [], urns: [urn] });
const stackUrn = ({ resources }: Plan) => resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "the stack";

/** Encrypted values that are other ones, or were set again: no plan shows what they change. */
export function changedCiphertexts({ after: plan }: ChangeSet, before: Configured | undefined, after: Configured | undefined): Danger[] {
  const [was, is] = [before?.ciphertexts ?? {}, after?.ciphertexts ?? {}];
  const changed = Object.keys(is).filter((key) => was[key] !== undefined && was[key] !== is[key]);
  if (changed.length === 0) return [];
  const text =
    "It is encrypted, so that no plan shows what another value changes: whoever compares it with what others know has to know it too.";
  return [{ severity: "unknown", title: `sets ${changed.join(", ")} again`, forcedBy: [], text, urns: [stackUrn(plan)] }];
}

/** Of the provider's configuration: what decides in which account and by whose rights it works. */
const identityKeys = [
  "profile",
  "accessKey",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "endpoints",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/**
 * Whether a stack goes somewhere else than before: its region, its account, its state's place, or the provider of single resources.
 *
 * @param before what the configuration was; undefined where there was no stack
 */
export function movedPlaces(changes: ChangeSet, before: Configured | undefined, after: Configured | undefined): Danger[] {
  if (changes.before.resources.length === 0 || changes.after.resources.length === 0) return [];
  const ofStack = before && after ? stackMoves(before, after, stackUrn(changes.after)) : [];
  return [
    ...ofStack,
    ...together(changes.resources.flatMap((change) => [...providerChange(change), ...providerSwitch(change, changes, [before, after])])),
  ];
}

function stackMoves(before: Configured, after: Configured, urn: string): Danger[] {
  const value = (side: Configured, key: string) => side.config[`aws:${key}`];
  const moves: Danger[] = [];
  if (before.name !== after.name) {
    const text =
      "The engine finds no stack of that project: it makes everything a second time, and the old project's resources stay, managed by nobody.";
    moves.push(elsewhere(`names the project ${after.name}, before ${before.name}`, text, urn));
  }
  if (before.backend !== after.backend) {
    const text =
      "The engine finds no state there: it makes everything a second time, or fails on names that are taken. Move the states first (`pulumi stack export`, `import`).";
    moves.push(elsewhere(`keeps the state in ${after.backend ?? "whatever backend is logged in to"}`, text, urn));
  }
  const [oldRegion, newRegion] = [before, after].map((side) => value(side, "region"));
  if (oldRegion !== newRegion) {
    const text =
      "Every resource is replaced or made anew there. Data stays behind, names and addresses change, and the images have to be in the registry there.";
    moves.push(
      elsewhere(`moves the stack from ${oldRegion ?? "the environment's region"} to ${newRegion ?? "the environment's region"}`, text, urn),
    );
  }
  for (const key of identityKeys) {
    if (value(before, key) === value(after, key)) continue;
    const text = "Other credentials decide in which account it works. In another one the engine finds nothing of this stack.";
    moves.push(elsewhere(`changes aws:${key}`, text, urn));
  }
  const told = ["region", "allowedAccountIds", "forbiddenAccountIds", ...identityKeys];
  const keys = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].filter((key) => key.startsWith("aws:"));
  for (const key of keys.map((each) => each.slice("aws:".length)).filter((each) => !told.includes(each))) {
    if (value(before, key) === value(after, key)) continue;
    const text = key === "defaultTags" ? "The tags of every resource are written again." : "What it changes at AWS no plan shows.";
    moves.push({ severity: "unknown", title: `changes aws:${key}`, forcedBy: [], text, urns: [urn] });
  }
  if (value(before, "forbiddenAccountIds") !== undefined && value(before, "forbiddenAccountIds") !== value(after, "forbiddenAccountIds")) {
    const text = "It may go to an account that was refused until now.";
    moves.push({ severity: "lessProtected", title: "changes aws:forbiddenAccountIds", forcedBy: [], text, urns: [urn] });
  }
  return [...moves, ...accountMoves(placeOf(before.config).accountIds, placeOf(after.config).accountIds, urn)];
}

function accountMoves(was: readonly string[], is: readonly string[], urn: string): Danger[] {
  if (was.length === 0 || (is.length > 0 && is.every((account) => was.includes(account)))) return [];
  if (is.length > 0 && !is.some((account) => was.includes(account))) {
    const text = "Nothing of this stack is there: the engine finds none of its resources and makes all of them anew, or fails.";
    return [elsewhere(`moves the stack from account ${was.join(" or ")} to ${is.join(" or ")}`, text, urn)];
  }
  const title =
    is.length === 0
      ? "lets the credentials alone decide the account"
      : `lets the stack go to account ${is.filter((id) => !was.includes(id)).join(", ")} as well`;
  return [
    {
      severity: "lessProtected",
      title,
      forcedBy: ["aws:allowedAccountIds"],
      text: `Until now it refused all but ${was.join(", ")}.`,
      urns: [urn],
    },
  ];
}

/** Tells no place: what it adds to each resource, or how it asks. */
const placeless = [
  "defaultTags",
  "ignoreTags",
  "maxRetries",
  "retryMode",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "tokenBucketRateLimiterCapacity",
  "httpProxy",
  "version",
];

function providerChange({ type, name, urn, operation, properties }: ResourceChange): OneDanger[] {
  if (!type.startsWith("pulumi:providers:") || (operation !== "update" && operation !== "replace")) return [];
  const changed = [...new Set(properties.map(({ path }) => path.split(".")[0]!))].filter((key) => !placeless.includes(key));
  if (changed.length === 0) return [];
  const text = "What it manages is looked for elsewhere from then on: it is replaced or made anew there, and its data stays behind.";
  return [{ severity: "elsewhere", verb: "changes where provider works:", name: `${name} (${changed.join(", ")})`, urn, text }];
}

function providerSwitch(
  { before, after, name, urn }: ResourceChange,
  changes: ChangeSet,
  [configuredBefore, configuredAfter]: readonly (Configured | undefined)[],
): OneDanger[] {
  if (!before || !after || before.options.provider === after.options.provider) return [];
  // A plan of an earlier version tells no providers.
  if (isSilent(changes.before) && !isSilent(changes.after)) return [];
  const [was, is] = [placeOfProvider(changes.before, before, configuredBefore), placeOfProvider(changes.after, after, configuredAfter)];
  if (was === is) return [];
  const text = "The engine looks for it by another provider, maybe in another region or account: it is replaced or made anew there.";
  return [{ severity: "elsewhere", verb: "takes another provider for", name, urn, text }];
}

/** Whether a plan has a provider of its own and no resource that says so. */
function isSilent({ resources }: Plan): boolean {
  return resources.some(({ type }) => type.startsWith("pulumi:providers:")) && !resources.some(({ options }) => options.provider);
}

/** The same text for two providers that work in the same place. One of the program's own has nothing of the stack's configuration. */
function placeOfProvider({ resources }: Plan, { options }: PlanResource, configured: Configured | undefined): string {
  const own = resources.find(({ urn }) => urn === options.provider)?.inputs;
  const value = (key: string) => (options.provider === undefined ? configured?.config[`aws:${key}`] : own?.[key]);
  const text = (item: unknown) => (item === undefined || typeof item === "string" ? item : JSON.stringify(item));
  return JSON.stringify(["region", ...identityKeys].map((key) => text(value(key)) ?? null));
}
