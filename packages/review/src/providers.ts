import type { ChangeSet, ResourceChange } from "@fairlead/changes";
import type { Plan, PlanResource } from "@fairlead/plan";

import { accountMoves } from "./accountMoves";
import { accountsIn, allowsRefused, credentialsChange, identityKeys, identityText, isPinned, otherRole, placeless } from "./credentials";
import { together, type Danger, type OneDanger } from "./danger";

/** As much of a stack's configuration as its own provider takes. */
interface Config {
  config: Readonly<Record<string, string>>;
}

/** Providers of the program that work elsewhere than before, and resources that another one manages. */
export function changedProviders(changes: ChangeSet, configured: readonly (Config | undefined)[]): Danger[] {
  return together(changes.resources.flatMap((change) => [...providerChange(change), ...providerSwitch(change, changes, configured)]));
}

function providerChange({ type, name, urn, operation, properties, before, after }: ResourceChange): OneDanger[] {
  if (!type.startsWith("pulumi:providers:") || (operation !== "update" && operation !== "replace")) return [];
  const changed = [...new Set(properties.map(({ path }) => path.split(".")[0]!))].filter((key) => !placeless.includes(key));
  const [was, is] = [before!.inputs, after!.inputs];
  const identities = changed.filter((key) => identityKeys.includes(key));
  const changeOf = (key: string) => credentialsChange(key, was[key], is[key], isPinned(was.allowedAccountIds, is.allowedAccountIds));
  const moving = changed.filter((key) => key === "region" || (identities.includes(key) && changeOf(key) === "elsewhere"));
  const roles = identities.filter((key) => changeOf(key) === "otherRole");
  const others = changed.filter((key) => key !== "region" && !identities.includes(key) && !/^(allowed|forbidden)AccountIds$/.test(key));
  const told = (keys: readonly string[], meaning: Pick<OneDanger, "severity" | "kind" | "verb" | "text">): OneDanger[] =>
    keys.length > 0 ? [{ ...meaning, name: `${name} (${keys.join(", ")})`, urn }] : [];
  const mayWorkElsewhere = "changes where provider may work:";
  const isLetGo = accountsIn(was.forbiddenAccountIds).some((account) => !accountsIn(is.forbiddenAccountIds).includes(account));
  return [
    ...told(roles, { severity: "lessProtected", verb: "changes as whom provider works:", text: otherRole }),
    ...told(moving, providerMoves),
    ...accountMoves(accountsIn(was.allowedAccountIds), accountsIn(is.allowedAccountIds)).flatMap(({ severity, kind, text }) =>
      told(["allowedAccountIds"], { severity, kind, verb: mayWorkElsewhere, text }),
    ),
    ...told(isLetGo ? ["forbiddenAccountIds"] : [], { severity: "lessProtected", verb: mayWorkElsewhere, text: allowsRefused }),
    ...told(others, { severity: "unknown", verb: "changes provider", text: "What it changes at AWS no plan shows." }),
  ];
}

const providerMoves = {
  severity: "elsewhere" as const,
  kind: "provider" as const,
  verb: "changes where provider works:",
  text: "What it manages is looked for elsewhere from then on: it is replaced or made anew there, and its data stays behind.",
};

function providerSwitch(
  { before, after, name, urn }: ResourceChange,
  changes: ChangeSet,
  [configuredBefore, configuredAfter]: readonly (Config | undefined)[],
): OneDanger[] {
  if (!before || !after || before.options.provider === after.options.provider) return [];
  // A plan of an earlier version tells no providers.
  if (isSilent(changes.before) && !isSilent(changes.after)) return [];
  const [was, is] = [placeOfProvider(changes.before, before, configuredBefore), placeOfProvider(changes.after, after, configuredAfter)];
  if (was === is) return [];
  const text = "The engine looks for it by another provider, maybe in another region or account: it is replaced or made anew there.";
  return [{ severity: "elsewhere", kind: "provider", verb: "takes another provider for", name, urn, text }];
}

/** Whether a plan has a provider of its own and no resource that says so. */
function isSilent({ resources }: Plan): boolean {
  return resources.some(({ type }) => type.startsWith("pulumi:providers:")) && !resources.some(({ options }) => options.provider);
}

/** The same text for two providers by which a resource is in the same place. One of the program's own has nothing of the stack's configuration. */
function placeOfProvider({ resources }: Plan, { options, inputs }: PlanResource, configured: Config | undefined): string {
  const own = resources.find(({ urn }) => urn === options.provider)?.inputs;
  const value = (key: string) => (options.provider === undefined ? configured?.config[`aws:${key}`] : own?.[key]);
  return JSON.stringify([inputs.region ?? value("region") ?? null, ...identityKeys.map((key) => identityText(key, value(key)))]);
}
