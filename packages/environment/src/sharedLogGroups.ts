import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { manifestIn, type ReadService } from "@fairlead/manifest";
import { coded, configurationFile } from "@fairlead/model";
import { YamlSource } from "@fairlead/model/files";
import { logGroupToMake } from "@fairlead/services";

import type { Settings } from "./settings";

type Place = Pick<Settings, "region" | "allowedAccountIds">;

/** What to tell of log groups that services route their logs to and that another environment makes too: of two in one account AWS refuses the second. */
export function sharedLogGroups(read: readonly ReadService[], settings: Settings): string[] {
  const named = read.flatMap(({ source, environment }) => {
    const name = nameIn(source, environment, settings.region);
    return name === undefined ? [] : [{ source, environment, name }];
  });
  if (named.length === 0) return [];
  const others = settings.environmentNames.filter((name) => name !== settings.environmentName);
  const elsewhere = others.flatMap((environment) => {
    const place = placeOf(environment, settings);
    if (!place || !mayBeOne(place, settings)) return [];
    return [{ environment, names: new Set(read.map(({ source }) => nameIn(source, environment, place.region))) }];
  });
  return named.flatMap(({ source, environment, name }) => {
    const makers = elsewhere.flatMap(({ environment, names }) => (names.has(name) ? [environment] : []));
    if (makers.length === 0) return [];
    const path = ["logRouting", "options", logGroupKey(source)];
    const override = ["environments", environment, ...path];
    const { line, column } = source.locate(source.has(override) ? override : path);
    const place = `${relative(settings.folders.root, source.file)}:${line}:${column}`;
    const message =
      `${place}: ${makers.join(", ")} ${makers.length > 1 ? "make" : "makes"} the log group ${name} as well: in one account and region ` +
      "the second `up` is refused (ResourceAlreadyExistsException). Give each environment a name of its own, or make the log group elsewhere and set " +
      'auto_create_group: "false".';
    return [coded("FL1045", message)];
  });
}

function nameIn(source: ReadService["source"], environment: string, region: string): string | undefined {
  const { logRouting } = manifestIn(source, environment).value;
  return logRouting && logGroupToMake(logRouting.options, region);
}

/** The key as it is written: Fluent Bit reads it in any case. */
function logGroupKey(source: ReadService["source"]): string {
  const { logRouting } = source.value as { logRouting?: { options: Record<string, string> } };
  return Object.keys(logRouting?.options ?? {}).find((key) => key.toLowerCase() === "log_group_name") ?? "log_group_name";
}

/** Where another stack is deployed to, as far as its configuration says; undefined where it has none. */
function placeOf(stack: string, { folders, region }: Settings): Place | undefined {
  const file = join(folders.stacks, configurationFile(stack));
  if (!existsSync(file)) return undefined;
  const source = new YamlSource(file, readFileSync(file, "utf8"), { syntax: "FL2401", duplicateKey: "FL2401" });
  const { config = {} } = (source.value ?? {}) as { config?: Record<string, unknown> };
  const accounts = config["aws:allowedAccountIds"];
  return { region: String(config["aws:region"] ?? region), allowedAccountIds: Array.isArray(accounts) ? accounts.map(String) : [] };
}

function mayBeOne(one: Place, other: Place): boolean {
  const [some, others] = [one.allowedAccountIds, other.allowedAccountIds];
  const sameAccount = some.length === 0 || others.length === 0 || some.some((id) => others.includes(id));
  return one.region === other.region && sameAccount;
}
