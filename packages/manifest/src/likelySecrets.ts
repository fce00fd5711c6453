import { isMap, likelySecret } from "@fairlead/model";

import type { Diagnostic } from "./diagnostic";
import type { ManifestSource } from "./manifestSource";

type Path = (string | number)[];

/** What looks like secrets in a manifest: what is one by its form, and what may be one. Neither tells its value. */
export interface LikelySecrets {
  sure: Diagnostic[];
  perhaps: Diagnostic[];
}

/** How a comment behind a value says that it is none, with the reason. */
const saidToBeNone = /^\s*not a secret: *\S/;

/** Secrets that a manifest holds as texts, whatever environment they are for: each is in the repository's history. */
export function likelySecrets(source: ManifestSource): LikelySecrets {
  const found: LikelySecrets = { sure: [], perhaps: [] };
  for (const { path, name, value } of texts(source.value)) {
    const secret = likelySecret(name, value);
    // Arguments have no name that says what they are.
    if (!secret || (typeof path.at(-1) === "number" && secret.certainty === "perhaps")) continue;
    if (saidToBeNone.test(source.commentAt(path) ?? "")) continue;
    found[secret.certainty].push(diagnose(source, path, secret));
  }
  return found;
}

function diagnose(source: ManifestSource, path: Path, { certainty, what }: NonNullable<ReturnType<typeof likelySecret>>): Diagnostic {
  const isSure = certainty === "sure";
  const isBuild = path.includes("args");
  return {
    code: isSure ? "FL1050" : "FL1051",
    file: source.file,
    ...source.locate(path),
    problem: `${path.join(".")} ${isSure ? "is" : "may be a secret: it looks like"} ${what}`,
    expected: "no secret in a manifest",
    consequence: isBuild
      ? "It stays in the repository's history, and in the image's."
      : "It stays in the repository's history, and whoever may describe the task definition reads it.",
    fix: isBuild
      ? "Give it to the build under build.secrets, and issue a new one: this one is known."
      : 'Write it under "secrets", from Secrets Manager or SSM, and issue a new one: this one is known. If it is none, say so behind it: "# not a secret: <why>".',
    isSecret: true,
  };
}

interface Text {
  path: Path;
  /** The variable's name. */
  name: string;
  value: string;
}

/** All texts that a container, a build or a log router is given, in the manifest itself and under `environments`. */
function texts(value: unknown): Text[] {
  if (!isMap(value)) return [];
  const layers: [Path, unknown][] = [[[], value], ...below(["environments"], value.environments)];
  return layers.flatMap(([path, layer]) => {
    if (!isMap(layer)) return [];
    const containers: [Path, unknown][] = [[path, layer], ...below([...path, "sidecars"], layer.sidecars)];
    return [
      ...containers.flatMap(([at, container]) => (isMap(container) ? textsOf(at, container) : [])),
      ...maps([...path, "build", "args"], isMap(layer.build) ? layer.build.args : undefined),
      ...maps([...path, "logRouting", "options"], isMap(layer.logRouting) ? layer.logRouting.options : undefined),
    ];
  });
}

function textsOf(path: Path, container: Record<string, unknown>): Text[] {
  const { environment, dockerLabels, ...lists } = container;
  const health = isMap(lists.containerHealthCheck) ? lists.containerHealthCheck.command : undefined;
  return [
    ...maps([...path, "environment"], environment),
    ...maps([...path, "dockerLabels"], dockerLabels),
    ...items([...path, "command"], lists.command),
    ...items([...path, "entryPoint"], lists.entryPoint),
    ...items([...path, "containerHealthCheck", "command"], health),
  ];
}

function maps(path: Path, value: unknown): Text[] {
  return below(path, value).flatMap(([at, text]) => (isText(text) ? [{ path: at, name: String(at.at(-1)), value: String(text) }] : []));
}

function items(path: Path, value: unknown): Text[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((text, index) => (isText(text) ? [{ path: [...path, index], name: "", value: String(text) }] : []));
}

function below(path: Path, value: unknown): [Path, unknown][] {
  return isMap(value) ? Object.entries(value).map(([key, item]) => [[...path, key], item]) : [];
}

/** A number is a mistake of its own, and may be a password all the same. */
function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
