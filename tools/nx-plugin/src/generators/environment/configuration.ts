import { isPair, isScalar, type Node, type Pair, visit } from "yaml";

import { Refusal } from "../refusal";
import { freeRange, rangeKey } from "./addressRange";
import type { Rename } from "./words";
import { YamlText } from "./yamlText";

/** What a new environment's configuration is, and what of the other's is not in it. */
export interface Configuration {
  text: string;
  region: string;
  /** Keys, without the project's name, whose values only the other stack can decrypt. */
  secrets: string[];
  /** The account that it names, if it does. */
  account?: string;
  /** Keys, without the project's name, whose values are ARNs of another region or account. */
  ofOtherPlace: string[];
  /** The environment that images are taken over from. */
  promoteFrom?: string;
}

/** What a configuration is made from. */
export interface Source {
  file: string;
  text: string;
  /** What `pulumi stack init` wrote for the new stack, where it was run before. */
  existing: string;
  from: string;
  name: string;
  rename: Rename;
  /** The other's by default. */
  region?: string;
  /** The other's by default. */
  account?: string;
  /** Ranges of addresses of all other stacks. */
  takenRanges: readonly string[];
}

/**
 * A stack's configuration as another's: in its region and account, with a range of addresses of its own, and without what is the other's own, which are its secrets and their salt, and what lies
 * in another region or account.
 *
 * @throws Refusal where the other has no region, or an alias of what is left out
 */
export function configurationOf({ file, text, existing, from, name, rename, region, account, takenRanges }: Source): Configuration {
  const yaml = new YamlText(file, text);
  const config = yaml.map("config");
  const regionOf = config?.items.find((pair) => keyOf(pair) === "aws:region")?.value;
  if (!isScalar(regionOf)) throw new Refusal(`${file} has no aws:region. Nothing was written.`);
  const before = String(regionOf.value);
  const after = region ?? before;
  const configuration: Configuration = { text: "", region: after, account, secrets: [], ofOtherPlace: [] };
  const accounts = config!.items.find((pair) => keyOf(pair) === accountsKey)?.value;
  const allowed = account === undefined ? "" : `["${account}"]`;
  if (account !== undefined && accounts) yaml.replace(accounts, allowed);
  const indent = /^([ \t]*)["']?aws:region/m.exec(text)?.[1] ?? "  ";
  const ownAccount = account === undefined || accounts ? "" : `\n${indent}${accountsKey}: ${allowed}`;
  if (after !== before || ownAccount !== "") yaml.replace(regionOf, `${after}${ownAccount}`);
  for (const pair of yaml.map()!.items) if (stackKeys.includes(keyOf(pair))) yaml.remove(pair);
  for (const pair of config!.items) {
    const key = keyOf(pair).replace(/^[^:]+:/, "");
    if (key === "promoteFrom" && isScalar(pair.value)) configuration.promoteFrom = String(pair.value.value);
    if (isSecret(yaml, pair.value)) {
      configuration.secrets.push(key);
      yaml.remove(pair, `A secret: pulumi config set --secret ${key} -s ${name}`);
    } else if (after !== before && liesIn(yaml, `${before}:`, pair.value)) {
      configuration.ofOtherPlace.push(key);
      yaml.remove(pair, `That of ${from} is of ${before}. One of ${after}: pulumi config set ${key} <arn> -s ${name}`);
    } else if (account !== undefined && liesIn(yaml, `[^:]*:(?!${account}:)\\d{12}:`, pair.value)) {
      configuration.ofOtherPlace.push(key);
      yaml.remove(pair, `That of ${from} is of another account. One of ${account}: pulumi config set ${key} <arn> -s ${name}`);
    } else if (key === rangeKey && pair.value) {
      const range = rangeIn(existing) ?? freeRange(takenRanges);
      if (range !== undefined) yaml.replace(pair.value, range);
    } else if (keyOf(pair) !== accountsKey) {
      for (const scalar of scalarsOf(pair.value)) replaceText(yaml, scalar, rename);
    }
  }
  configuration.text = mergedWith(existing, yaml.toString());
  return configuration;
}

/** The accounts that the stack may be deployed to. */
const accountsKey = "aws:allowedAccountIds";

/** Written by Pulumi, for one stack's secrets. */
const stackKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function isSecret(yaml: YamlText, value: Node | null): boolean {
  return yaml.some(value, (part) => isPair(part) && isScalar(part.key) && part.key.value === "secure");
}

function scalarsOf(value: Node | null): Node[] {
  const scalars: Node[] = [];
  visit(value, { Scalar: (at, scalar) => void (at !== "key" && typeof scalar.value === "string" && scalars.push(scalar)) });
  return scalars;
}

/** The range that the new stack was given before: its network may be there. */
function rangeIn(existing: string): string | undefined {
  return new RegExp(`^\\s+[^:\\s]+:${rangeKey}: *([\\d./]+)`, "m").exec(existing)?.[1];
}

/** Whether a value has an ARN that goes on like this after its service. */
function liesIn(yaml: YamlText, place: string, value: Node | null): boolean {
  const arn = new RegExp(`^arn:[^:]*:[^:]*:${place}`);
  return yaml.some(value, (part) => isScalar(part) && arn.test(String(part.value)));
}

function replaceText(yaml: YamlText, scalar: Node, rename: Rename): void {
  const [start, end] = scalar.range!;
  const text = yaml.text.slice(start, end);
  if (rename(text) !== text) yaml.replace(scalar, rename(text));
}

/** What Pulumi wrote above the configuration stays: the salt of the new stack's own secrets. */
function mergedWith(existing: string, text: string): string {
  const [own] = existing.split(/^config:/m);
  return own + text;
}
