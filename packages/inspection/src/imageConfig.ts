import { bytesOf, ImageError, json, object, sha256, shown, type Descriptor, type ImageSource } from "@fairlead/images";

import { limits } from "./limits";
import { platformText } from "./platformText";
import type { ImageConfig } from "./container/containerSettings";

/** An image's config, as far as it is needed. */
export interface Config {
  platform: string;
  config: ImageConfig;
  diffIds: string[];
  /** In bytes. */
  size: number;
}

/** What runtimes read a value as. */
interface Kind {
  description: string;
  matches: (value: unknown) => boolean;
}

const text: Kind = { description: "a text", matches: (value) => typeof value === "string" };
const texts: Kind = {
  description: "a list of texts",
  matches: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string" || entry === null),
};
const objectOf = (entries: Kind): Kind => ({
  description: `an object of which each entry is ${entries.description}`,
  matches: (value) => isObject(value) && Object.values(value).every((entry) => entry === null || entries.matches(entry)),
});
const anything: Kind = { description: "an object", matches: isObject };

/**
 * Types of the OCI specification. containerd reads a config by them and starts nothing of one that holds anything else.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/specs-go/v1/config.go
 */
const kinds: Record<string, Kind> = {
  User: text,
  WorkingDir: text,
  StopSignal: text,
  Env: texts,
  Entrypoint: texts,
  Cmd: texts,
  Volumes: objectOf(anything),
  ExposedPorts: objectOf(anything),
  Labels: objectOf(text),
};

/** Linux starts no program with a longer argument or variable (MAX_ARG_STRLEN, execve(2)). */
const longestText = 131_071;

/**
 * Reads an image's config.
 *
 * @throws ImageError if it is not there, not what its digest says, or nothing that a container could be started with
 */
export async function readConfig(source: ImageSource, descriptor: Descriptor): Promise<Config> {
  const what = `the config of ${source.name}`;
  const bytes = await bytesOf(await source.blob(descriptor), limits.configBytes);
  if (!bytes) throw new ImageError("FL2126", `${what} has more than ${limits.configBytes} bytes`);
  if (descriptor.digest.startsWith("sha256:") && sha256(bytes) !== descriptor.digest)
    throw new ImageError("FL2114", `${what} is ${sha256(bytes)}, not ${descriptor.digest}`);
  const value = object(json(bytes, what), what);
  const [os, architecture, variant] = ["os", "architecture", "variant"].map((key) => checked(value, key, text, what) as string | undefined);
  const config = (checked(value, "config", anything, what) ?? {}) as Record<string, unknown>;
  const rootfs = (checked(value, "rootfs", anything, what) ?? {}) as Record<string, unknown>;
  return {
    platform: platformText({ os, architecture, variant }) ?? "unknown",
    config: imageConfig(config, what),
    diffIds: (checked(rootfs, "diff_ids", texts, what) as string[] | undefined) ?? [],
    size: bytes.length,
  };
}

function imageConfig(value: Record<string, unknown>, what: string): ImageConfig {
  const config = Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, checked(value, key, kind, what)])) as ImageConfig;
  for (const words of [[config.User, config.WorkingDir], config.Env, config.Entrypoint, config.Cmd]) {
    const size = Math.max(0, ...(words ?? []).map((word) => Buffer.byteLength(word ?? "")));
    if (size > longestText)
      throw new ImageError("FL2128", `${what} holds a text of ${size} bytes; Linux starts no program with more than ${longestText}`);
  }
  // Docker's own: containerd passes over them, whatever they hold.
  const [check, shell] = [field(value, "Healthcheck"), field(value, "Shell")];
  if (isObject(check)) config.Healthcheck = healthCheck(check);
  if (isShort(shell) && texts.matches(shell)) config.Shell = shell as string[];
  return config;
}

function healthCheck({ Test, ...times }: Record<string, unknown>): ImageConfig["Healthcheck"] {
  const known = ["Interval", "Timeout", "StartPeriod", "Retries"].map((key) => [key, times[key] ?? undefined] as const);
  const isSound = isShort(Test) && texts.matches(Test) && known.every(([, time]) => time === undefined || typeof time === "number");
  return isSound ? { Test: Test as string[], ...Object.fromEntries(known) } : undefined;
}

/** A value of the kind that runtimes expect; undefined for what is left out or null. */
function checked(holder: Record<string, unknown>, key: string, kind: Kind, what: string): unknown {
  const value = field(holder, key);
  if (value === undefined || value === null) return undefined;
  if (!isShort(value)) throw new ImageError("FL2126", `${what} has more than ${limits.configEntries} entries in ${key}`);
  if (!kind.matches(value)) throw new ImageError("FL2128", `${what} has ${shown(value)} for ${key}, where ${kind.description} belongs`);
  // To the runtimes' language null is an empty text.
  return kind === texts ? (value as unknown[]).map((entry) => entry ?? "") : value;
}

/** As the runtimes' language finds a key: in any case, and the last one counts. */
function field(holder: Record<string, unknown>, key: string): unknown {
  const names = Object.keys(holder).filter((name) => name.toLowerCase() === key.toLowerCase());
  return names.length === 0 ? undefined : holder[names.at(-1)!];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length <= limits.configEntries;
}
