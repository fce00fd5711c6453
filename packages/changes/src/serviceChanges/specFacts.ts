import {
  allowedTime,
  capacityValues,
  deploymentValues,
  hiddenSecret,
  likelySecret,
  scalingValues,
  withDefaults,
  type RolloutPace,
} from "@fairlead/model";

import { shortText } from "./shortText";

/** What a service is, one line each, in its owner's words: `memory` → `512 MiB`. */
export type Facts = Map<string, string | Hidden>;

/** A value that looks like a secret: it is compared, and never shown. */
export interface Hidden {
  hidden: string;
}

/** A fact as it is shown. */
export function shownFact(fact: string | Hidden): string {
  return typeof fact === "string" ? fact : hiddenSecret;
}

type Value = Record<string, unknown>;
interface Share {
  capacityProvider: string;
  weight?: number;
  base?: number;
}
type Reader = (value: unknown, facts: Facts) => void;

/** Facts whose name alone says it all: they come and go. */
export const unvalued = "";

const valued =
  (name: string, unit?: string): Reader =>
  (value, facts) =>
    facts.set(name, unit ? `${shortText(value)} ${unit}` : shortText(value));
const named =
  (noun: string): Reader =>
  (value, facts) => {
    for (const [key, item] of Object.entries(value as Value)) facts.set(`${noun} ${key}`, textOf(item));
  };
/** As {@link named}, of what a manifest sets to a text, which may be a secret that doesn't belong there. */
const set =
  (noun: string): Reader =>
  (value, facts) => {
    for (const [key, item] of Object.entries(value as Value)) {
      const isSecret = typeof item === "string" && likelySecret(key, item) !== undefined;
      facts.set(`${noun} ${key}`, isSecret ? { hidden: item } : textOf(item));
    }
  };
const listed =
  (noun: string): Reader =>
  (value, facts) => {
    for (const item of value as unknown[]) facts.set(`${noun} ${shortText(item)}`, unvalued);
  };
const silent: Reader = () => {};

/** How a key of the spec reads. One that is not here reads as the manifest writes it: `healthCheck.path`. */
const readers: Record<string, Reader> = {
  // Told by the service's own name, its image, and the folder that the image is built from.
  name: silent,
  version: silent,
  file: silent,
  cpu: valued("cpu"),
  memoryMiB: valued("memory", "MiB"),
  ephemeralStorageGiB: valued("disk", "GiB"),
  desiredCount: valued("desired count"),
  containerPort: valued("port"),
  targetContainer: valued("container reached"),
  state: valued("state of the schedule"),
  enableExecuteCommand: (value, facts) => value === true && facts.set("ECS Exec", unvalued),
  assignPublicIp: (value, facts) => value === true && facts.set("public addresses", unvalued),
  securityGroups: listed("security group"),
  runtimePlatform: (value, facts) => facts.set("architecture", shortText((value as Value).cpuArchitecture)),
  environment: set("variable"),
  secrets: named("secret"),
  tags: named("tag"),
  calls: listed("calls"),
  before: listed("runs before"),
  build: (value, facts) => {
    const { args = {}, secrets = {}, context, dockerfile, platforms, ...others } = value as Value;
    set("build argument")(args, facts);
    named("build secret")(secrets, facts);
    facts.set("platforms", (platforms as string[]).join(" + "));
    flatten("build", others, facts);
  },
  permissions: (value, facts) => {
    for (const { actions, resources, conditions } of value as { actions: string[]; resources: string[]; conditions?: unknown }[]) {
      const when = conditions === undefined ? "" : ` where ${shortText(conditions)}`;
      for (const action of actions) facts.set(`may ${action} on ${resources.join(", ")}${when}`, unvalued);
    }
  },
  routes: (value, facts) => {
    for (const { host = "", path } of value as { host?: string; path: string }[]) facts.set(`route ${host}${path}`, unvalued);
  },
  uses: (value, facts) => {
    for (const { name, access, ...others } of value as { name: string; access: string }[]) {
      facts.set(`uses ${name}`, access);
      flatten(`uses ${name}`, others, facts);
    }
  },
  sidecars: (value, facts) => {
    for (const [name, { image, environment = {}, secrets = {}, ...others }] of Object.entries(value as Record<string, Value>)) {
      facts.set(`sidecar ${name}`, shortText(image));
      for (const [key, item] of Object.entries(others)) flatten(`sidecar ${name}: ${key}`, item, facts);
      const own: Facts = new Map();
      set("variable")(environment, own);
      named("secret")(secrets, own);
      for (const [fact, text] of own) facts.set(`${fact} of ${name}`, text);
    }
  },
  capacityProviderStrategy: (value, facts) => {
    const shares = (value as Share[]).map((share) => withDefaults(share, capacityValues));
    const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
    const text = ({ capacityProvider, weight, base }: Required<Share>) =>
      shares.length === 1 ? capacityProvider : `${capacityProvider} ${base ? `the first ${base}, then ` : ""}${weight} of ${whole} tasks`;
    facts.set("capacity", shares.map(text).join(", "));
  },
  scaling: (value, facts) => {
    const { minCapacity = scalingValues.minCapacity.default, maxCapacity = scalingValues.maxCapacity.default, ...others } = value as Value;
    facts.set("scaling", `${shortText(minCapacity)} to ${shortText(maxCapacity)} tasks`);
    flatten("scaling", others, facts);
  },
  deployment: (value, facts) => {
    const { strategy, ...others } = value as Value;
    flatten("deployment", others, facts);
  },
};

/** Reads the facts of a service from its spec, which its component has as an input. */
export function specFacts(spec: object): Facts {
  const facts: Facts = new Map();
  for (const [key, value] of Object.entries(spec)) {
    if (value !== undefined && value !== null) (readers[key] ?? ((item) => flatten(key, item, facts)))(value, facts);
  }
  facts.set("deployment", rolloutOf((spec as { deployment?: object }).deployment ?? {}));
  return facts;
}

/** Each leaf under its path, as the manifest writes it. */
function flatten(path: string, value: unknown, facts: Facts): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    const items = value as { name?: unknown }[];
    if (items.length > 0 && items.every((item) => typeof item === "object" && typeof item?.name === "string")) {
      for (const { name, ...others } of items) flatten(`${path} ${String(name)}`, others, facts);
    } else if (items.length > 0) facts.set(path, items.map(textOf).join(" "));
  } else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value)) flatten(`${path}.${key}`, item, facts);
  } else facts.set(path, shortText(value));
}

/** A value in one line: `secretsManager shop/token`. */
function textOf(value: unknown): string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return shortText(value);
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${key} ${shortText(item)}`)
    .join(", ");
}

function rolloutOf(deployment: RolloutPace): string {
  const { strategy, minimumHealthyPercent: least, maximumPercent: most } = withDefaults(deployment, deploymentValues);
  if (strategy !== deploymentValues.strategy.default) {
    const { waitingMinutes } = allowedTime(deployment);
    return `${strategy.toLowerCase().replace("_", "/")}${waitingMinutes > 0 ? `, at least ${waitingMinutes} min` : ""}`;
  }
  const { minimumHealthyPercent, maximumPercent } = deploymentValues;
  const isUsual = least === minimumHealthyPercent.default && most === maximumPercent.default;
  return isUsual ? "rolling" : `rolling, with ${shortText(least)} to ${shortText(most)} % of the tasks`;
}
