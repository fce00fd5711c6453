import { isMap } from "@fairlead/model";
import type { Refuse } from "@fairlead/model/files";

/** A stack's configuration as its program reads it. */
export interface Configuration {
  /** Values by full key, such as `aws:region`; lists and maps as JSON, as the SDK expects them. */
  config: Record<string, string>;
  /** Keys whose values only Pulumi can decrypt; the plan shows them as secrets. */
  secretKeys: string[];
  /** What the file says for each of them: the value as Pulumi encrypted it, which differs whenever it is set again. */
  ciphertexts?: Record<string, string>;
}

/** The values that Pulumi.yaml gives to every stack, by full key: those under `config`, short or as `value` or `default` of a declaration. */
export function projectValues(project: string, config: unknown): Record<string, unknown> {
  const declared = isMap(config) ? Object.entries(config) : [];
  return Object.fromEntries(
    declared.flatMap(([key, given]) => {
      const value = isMap(given) ? (given.value ?? given.default) : given;
      return value === undefined || value === null ? [] : [[fullKey(project, key), value]];
    }),
  );
}

/**
 * The values of a Pulumi.<stack>.yaml, by full key: a key without a namespace is the project's.
 *
 * @param refuse is told of a configuration that is no map, and of a key without a value
 */
export function stackValues(project: string, file: unknown, refuse: Refuse): Record<string, unknown> {
  if (file === undefined || file === null) return {};
  const config = isMap(file) ? (file.config ?? {}) : file;
  if (!isMap(config)) {
    const fix = "Indent each key below `config:`.";
    refuse(isMap(file) ? ["config"] : [], {
      code: "FL2407",
      problem: "the configuration is no map",
      expected: "config: { aws:region: … }",
      fix,
    });
    return {};
  }
  for (const [key, value] of Object.entries(config)) {
    if (value !== null) continue;
    refuse(["config", key], { code: "FL2407", problem: `${key} has no value`, expected: "a value", fix: "Give it one, or remove it." });
  }
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(project, key), value]));
}

/** What a Pulumi.<stack>.yaml says beside its values of where they come from. */
export interface ValueSources {
  /** By which key Pulumi encrypts, where it is not by a passphrase or the backend's own: `awskms://…`. */
  secretsProvider?: string;
  /** Environments of Pulumi ESC. */
  environments?: string[];
}

/** @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
export function valueSources(file: unknown): ValueSources {
  const { secretsprovider, environment } = isMap(file) ? file : {};
  const imports = isMap(environment) ? environment.imports : environment;
  return {
    ...(typeof secretsprovider === "string" && { secretsProvider: secretsprovider }),
    ...(Array.isArray(imports) && { environments: imports.map((each) => (isMap(each) ? Object.keys(each)[0]! : String(each))) }),
  };
}

/** As the engine hands values to the program: texts, and lists and maps as JSON. */
export function configurationOf(values: Record<string, unknown>): Configuration {
  const secretKeys = Object.keys(values).filter((key) => isMap(values[key]) && "secure" in values[key]);
  const textOf = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  // Of each key another one, so that a program which reads another key reads another value.
  const entries = Object.entries(values).map(([key, value]) => [
    key,
    secretKeys.includes(key) ? `encrypted value of ${key}` : textOf(value),
  ]);
  const ciphertexts = Object.fromEntries(secretKeys.map((key) => [key, String((values[key] as { secure: unknown }).secure)]));
  return { config: Object.fromEntries(entries) as Record<string, string>, secretKeys, ciphertexts };
}

export function fullKey(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}
